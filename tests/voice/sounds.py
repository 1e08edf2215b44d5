"""Small real sounds, and a server that hands them out in ways a vendor should not."""

import io
import math
import struct
import threading
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def wav(seconds: float = 0.5, rate: int = 16_000) -> bytes:
    """A tone of 440 Hz."""
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        tone = (int(9000 * math.sin(2 * math.pi * 440 * place / rate)) for place in range(int(seconds * rate)))
        sound.writeframes(b"".join(struct.pack("<h", value) for value in tone))
    return target.getvalue()


@contextmanager
def server(answers: dict[str, tuple[int, dict[str, str], bytes]]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Its origin, and what was asked: (path, Authorization)."""
    asked: list[tuple[str, str]] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers.get("Authorization", "")))
            status, headers, body = answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    program = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=program.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{program.server_port}", asked
    finally:
        program.shutdown()
        thread.join()
        program.server_close()
