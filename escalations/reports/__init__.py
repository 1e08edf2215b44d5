"""What happened in a while, in numbers: enquiries, handoffs, bookings; each with what exactly it counts."""
