"""Telling staff: who (audience), what (notices, words), how and when (ways), and the sending of it (delivering)."""
