"""What kind of a service it is: its characteristics, how it can be judged, and which needs it has met."""
