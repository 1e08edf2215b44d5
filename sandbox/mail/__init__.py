"""Mails taken by SMTP, shown in a page and by the control API."""
