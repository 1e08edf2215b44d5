"""Twilio: Programmable Messaging for WhatsApp, the Content API, signed webhooks and status callbacks."""
