"""Voice notes as text, on this machine: faster-whisper, an optional extra (requirements/voice.in).

The one module that imports it, on first use. The model is a folder in CTranslate2's format that the operator puts
there (VOICE_MODEL_FOLDER); nothing is ever downloaded. https://github.com/SYSTRAN/faster-whisper
"""

import io
import threading
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from agents.errors import AssistantError

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

RATE = 16_000  # samples a second, as the model wants them
LONGEST_SECONDS = 180
LONGEST_TEXT = 4_000
SURE = 0.6  # of the note being silence: then nothing was said
_loading = threading.Lock()


class CannotHear(AssistantError):
    """No text can be had of a voice note; the message says why, in words for the operator."""


def available() -> bool:
    """Whether notes are listened to at all. A folder that is set but broken shows when the first one comes."""
    return bool(settings.VOICE_MODEL_FOLDER)


def transcribe(sound: bytes) -> str:
    """What is said in a sound file of any common format, in its own language. Raises CannotHear."""
    model = _loaded()
    samples = _samples(sound)
    if len(samples) > LONGEST_SECONDS * RATE:
        raise CannotHear(f"longer than {LONGEST_SECONDS} seconds")
    try:
        segments, _ = model.transcribe(samples, beam_size=1, condition_on_previous_text=False)
        said = [segment.text.strip() for segment in segments if segment.no_speech_prob < SURE]
    except (RuntimeError, ValueError) as error:
        raise CannotHear(f"the model failed: {type(error).__name__}") from error
    text = " ".join(said).strip()[:LONGEST_TEXT]
    if not text:
        raise CannotHear("nothing was said")
    return text


def _samples(sound: bytes) -> "list[float]":
    from av.error import FFmpegError
    from faster_whisper.audio import decode_audio

    try:
        samples: list[float] = decode_audio(io.BytesIO(sound), sampling_rate=RATE)
    except (FFmpegError, ValueError, IndexError, RuntimeError) as error:
        raise CannotHear("not a sound file") from error
    return samples


def _loaded() -> "WhisperModel":
    with _loading:
        return _model(settings.VOICE_MODEL_FOLDER, settings.VOICE_THREADS)


@lru_cache(maxsize=1)
def _model(folder: str, threads: int) -> "WhisperModel":
    """Loaded once in a process: some seconds and hundreds of megabytes, so only listening workers do it."""
    if find_spec("faster_whisper") is None:
        raise CannotHear("faster-whisper is not installed (requirements/voice.in)")
    if not (Path(folder) / "model.bin").is_file():
        raise CannotHear("VOICE_MODEL_FOLDER holds no model.bin")
    from faster_whisper import WhisperModel

    try:
        return WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True)
    except (RuntimeError, ValueError, OSError) as error:
        raise CannotHear(f"the model can't be loaded: {type(error).__name__}") from error
