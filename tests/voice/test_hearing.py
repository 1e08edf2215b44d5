"""The loading code of faster-whisper against what can be had here: its real signatures, real sounds, no model."""

import inspect
from pathlib import Path
from typing import Any

import pytest

from agents import hearing
from tests.voice.sounds import wav


@pytest.fixture(autouse=True)
def _fresh() -> Any:
    hearing._model.cache_clear()
    yield
    hearing._model.cache_clear()


def test_without_a_folder_nothing_is_listened_to(settings: Any) -> None:
    settings.VOICE_MODEL_FOLDER = ""
    assert not hearing.available()


def test_a_missing_package_or_model_is_said_clearly(settings: Any, tmp_path: Path) -> None:
    settings.VOICE_MODEL_FOLDER = str(tmp_path)
    assert hearing.available()
    with pytest.raises(hearing.CannotHear, match=r"not installed|no model\.bin"):
        hearing.transcribe(wav())


def test_a_broken_model_is_an_error_of_ours_and_nothing_is_downloaded(settings: Any, tmp_path: Path) -> None:
    pytest.importorskip("faster_whisper", reason="the optional extra is not installed (requirements/voice.in)")
    (tmp_path / "model.bin").write_bytes(b"this is no model")
    settings.VOICE_MODEL_FOLDER = str(tmp_path)
    with pytest.raises(hearing.CannotHear, match="can't be loaded"):
        hearing.transcribe(wav())


def test_real_sounds_are_decoded_and_anything_else_is_refused() -> None:
    pytest.importorskip("faster_whisper", reason="the optional extra is not installed (requirements/voice.in)")
    samples = hearing._samples(wav(seconds=1.0, rate=8000))
    assert abs(len(samples) - hearing.RATE) < 400
    for junk in (b"", b"<html>no sound</html>", wav()[:30]):
        with pytest.raises(hearing.CannotHear, match="not a sound file"):
            hearing._samples(junk)


def test_the_library_s_signatures_are_those_we_call() -> None:
    whisper = pytest.importorskip(
        "faster_whisper", reason="the optional extra is not installed (requirements/voice.in)"
    )
    made = inspect.signature(whisper.WhisperModel.__init__).parameters
    assert {"model_size_or_path", "device", "compute_type", "cpu_threads", "local_files_only"} <= set(made)
    asked = inspect.signature(whisper.WhisperModel.transcribe).parameters
    assert {"audio", "beam_size", "condition_on_previous_text"} <= set(asked)
    assert {"text", "no_speech_prob"} <= set(inspect.get_annotations(whisper.transcribe.Segment))
