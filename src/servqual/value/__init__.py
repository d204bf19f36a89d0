"""What service is worth: value to the customer, value of the customer, and the return on mending."""
