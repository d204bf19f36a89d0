"""Standards that customers set: what they ask, whether it is kept, and which level of service that makes."""
