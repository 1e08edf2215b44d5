"""Whether the receptionist works: what a new business still has to do, and what has broken since."""
