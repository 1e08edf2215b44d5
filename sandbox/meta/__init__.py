"""Meta: the WhatsApp Cloud API (messages, media, templates, numbers, sign-up) and its signed webhooks."""
