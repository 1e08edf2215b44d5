"""Appointments as iCalendar files: a link for each patient's appointment, a private feed for each practitioner."""
