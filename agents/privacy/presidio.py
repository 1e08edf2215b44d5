"""Presidio: checksummed identifiers of the business's country, and names when a spaCy model is installed.

The only module that knows `presidio_analyzer`; it is imported at first use (0.7 s, 110 MB). No model is downloaded
and nothing goes over the network: tldextract is pinned to its bundled list, and a language without a configured and
installed model gets spaCy's blank tokeniser.

`PRIVACY_SPACY_MODELS` names the models: "en=en_core_web_sm,de=de_core_news_sm" (packages or folders).
"""

import logging
import os
import threading
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agents.privacy.reading import TAKEN, Claim, Reading
from agents.privacy.values import CARD, IBAN, ID, IP, NAME, NHS, NINO, SSN

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine

_EVERYWHERE = ("CreditCardRecognizer", "IbanRecognizer", "IpRecognizer")
_BY_COUNTRY = {
    "GB": ("NhsRecognizer", "UkNinoRecognizer", "UkDrivingLicenceRecognizer"),
    "US": ("UsSsnRecognizer", "UsItinRecognizer", "UsMbiRecognizer"),
    "AU": ("AuMedicareRecognizer", "AuTfnRecognizer"),
    "CA": ("CaSinRecognizer",),
    "DE": ("DeTaxIdRecognizer", "DeSocialSecurityRecognizer", "DeHealthInsuranceRecognizer"),
    "ES": ("EsNifRecognizer", "EsNieRecognizer"),
    "FI": ("FiPersonalIdentityCodeRecognizer",),
    "IN": ("InAadhaarRecognizer", "InPanRecognizer"),
    "IT": ("ItFiscalCodeRecognizer",),
    "PL": ("PlPeselRecognizer",),
    "SE": ("SePersonnummerRecognizer",),
    "SG": ("SgFinRecognizer",),
}
_TYPES = {
    "CREDIT_CARD": CARD, "IBAN_CODE": IBAN, "IP_ADDRESS": IP, "UK_NHS": NHS, "UK_NINO": NINO, "US_SSN": SSN,
    "PERSON": NAME,
}  # fmt: skip
_LEAST_SCORE = 0.5
_WINDOW = 2000
"""Presidio's own expressions are not all linear: it sees this many characters at a time."""
_lock = threading.Lock()


def read_with_presidio(reading: Reading, *, country: str, language: str) -> None:
    """Claim what Presidio finds in the rest of the text; a blank engine is spared texts without digits."""
    if not reading.has_digits and not model_for(language):
        return
    claims: list[Claim] = []
    for start in _windows(reading.rest):
        window = reading.rest[start : start + _WINDOW]
        if any(character.isdigit() for character in window) or model_for(language):
            engine = _engine_of(country, language)
            results = engine.analyze(window, language=language, score_threshold=_LEAST_SCORE)
            claims += (_claim(result, start) for result in results if TAKEN not in window[result.start : result.end])
    reading.claim(claims)


def _windows(text: str) -> range:
    """Windows overlap by more than the longest identifier."""
    return range(0, max(1, len(text) - 64), _WINDOW - 64)


def _claim(result: Any, offset: int) -> Claim:
    return _TYPES.get(result.entity_type, ID), offset + result.start, offset + result.end


@lru_cache(maxsize=16)
def model_for(language: str) -> str:
    """The configured and installed spaCy model of a language; "" when there is none."""
    configured = dict(
        pair.strip().split("=", 1) for pair in os.environ.get("PRIVACY_SPACY_MODELS", "").split(",") if "=" in pair
    )
    model = configured.get(language, "").strip()
    if not model:
        return ""
    import spacy.util

    if not (spacy.util.is_package(model) or Path(model).exists()):
        logging.getLogger(__name__).warning("spaCy model %s for %s is not installed", model, language)
        return ""
    return model


def _engine_of(country: str, language: str) -> "AnalyzerEngine":
    with _lock:
        return _engine(country if country in _BY_COUNTRY else "", language)


@lru_cache(maxsize=16)
def _engine(country: str, language: str) -> "AnalyzerEngine":
    os.environ["TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS"] = ""
    os.environ.setdefault("REGEX_TIMEOUT_SECONDS", "2")
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)  # it announces its device at import
    import presidio_analyzer
    from presidio_analyzer.recognizer_registry import RecognizerRegistry

    predefined = import_module("presidio_analyzer.predefined_recognizers")
    recognizers = [
        getattr(predefined, name)(supported_language=language) for name in (*_EVERYWHERE, *_BY_COUNTRY.get(country, ()))
    ]
    model = model_for(language)
    if model:
        recognizers.append(predefined.SpacyRecognizer(supported_language=language, supported_entities=["PERSON"]))
    return presidio_analyzer.AnalyzerEngine(
        registry=RecognizerRegistry(recognizers=recognizers, supported_languages=[language]),
        nlp_engine=_nlp_engine(language, model),
        supported_languages=[language],
    )


def _nlp_engine(language: str, model: str) -> Any:
    import spacy
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    class InstalledModelsOnly(SpacyNlpEngine):
        """Presidio's spaCy engine without its download."""

        def load(self) -> None:
            self.nlp = {language: spacy.load(model) if model else spacy.blank(_spacy_language(language))}

    return InstalledModelsOnly(models=[{"lang_code": language, "model_name": model or "blank"}])


def _spacy_language(language: str) -> str:
    return language if language in {"en", "de", "es", "fr", "pt", "it", "nl", "pl", "sv", "da"} else "xx"
