"""Lists of phrases that lie in YAML beside this module, as patterns.

A phrase is a regular expression in which a blank stands for any white space and `<name>` for an earlier list of the
same file, so that the lists read almost like the language they describe.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

_REFERENCE = re.compile(r"<([a-z_]+)>(?!=)")


@cache
def phrases(name: str) -> Mapping[str, str]:
    """Each list of the file `name` as one group of alternatives; the text of a single phrase as it stands."""
    lists = yaml.load(files(__package__).joinpath(name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    patterns: dict[str, str] = {}
    for key, entry in lists.items():
        joined = "|".join(map(str, entry)) if isinstance(entry, list) else str(entry)
        resolved = _REFERENCE.sub(lambda found: patterns[found[1]], joined)
        patterns[key] = f"(?:{resolved.replace(' ', chr(92) + 's+')})"
    return MappingProxyType(patterns)


def pattern(expression: str) -> re.Pattern[str]:
    """A compiled pattern that ignores case; blanks stand for any white space."""
    return re.compile(expression.replace(" ", r"\s+"), re.IGNORECASE)
