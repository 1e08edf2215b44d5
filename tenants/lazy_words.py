"""The type of words that may be lazy: `gettext_lazy` at module level, a text made for the reader elsewhere."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise
else:
    Words = object
