"""A language model in a turn's chain."""

from dataclasses import dataclass

from agents.types import LanguageModel, VendorModel


@dataclass(frozen=True, kw_only=True)
class Provider:
    """A language model, with the name of the model to ask it for."""

    model: LanguageModel
    model_name: str
    role: str = ""  # fast, capable, fixed, judge; guided
    metered: bool = True  # costs money and time: the limits of both count for it


@dataclass(frozen=True, kw_only=True)
class VendorProvider(Provider):
    model: VendorModel
