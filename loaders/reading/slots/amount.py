"""A quantity's words as a number and what it counts."""

import re
from typing import Final, NamedTuple

from loaders.reading.slots.numbers import number
from loaders.reading.slots.phrases import pattern, phrases

_WORDS: Final = phrases("quantities.yaml")
_NUMBER: Final = pattern(
    rf"(?<![\w.])(?<![A-Za-z]-){_WORDS['number']}(?:{_WORDS['scale']})?|(?<=[A-Z]){_WORDS['digits']}(?:{_WORDS['scale']})?"
)
_SIGNS: Final = {
    "US$": "USD", "$": "USD", "NZ$": "NZD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD",
    "S$": "SGD", "NT$": "TWD", "FJ$": "FJD", "EC$": "XCD", "TT$": "TTD", "R$": "BRL", "€": "EUR", "£": "GBP",
    "¥": "JPY", "₹": "INR", "₱": "PHP", "RS": "INR", "RS.": "INR", "RE": "INR", "RM": "MYR", "N": "NGN", "P": "PHP",
    "PHP": "PHP", "K": "PGK", "R": "ZAR", "TK": "BDT", "TK.": "BDT", "SDR": "XDR", "RMB": "CNY",
}  # fmt: skip
_NAMES: Final = (
    (r"(?:australian) dollar", "AUD"),
    (r"canadian dollar", "CAD"),
    (r"new zealand dollar", "NZD"),
    (r"singapore dollar", "SGD"),
    (r"hong kong dollar", "HKD"),
    (r"dollar", "USD"),
    (r"euro", "EUR"),
    (r"egyptian pound", "EGP"),
    (r"pound|sterling", "GBP"),
    (r"yen", "JPY"),
    (r"yuan|renminbi|rmb", "CNY"),
    (r"swiss franc", "CHF"),
    (r"norwegian (?:krone|kroner)", "NOK"),
    (r"swedish (?:krona|kronor)", "SEK"),
    (r"danish (?:krone|kroner)", "DKK"),
    (r"philippine peso", "PHP"),
    (r"pakistan(?:i)? rupee", "PKR"),
    (r"indian rupee", "INR"),
    (r"turkish lira", "TRY"),
    (r"nigerian naira|naira", "NGN"),
    (r"rou?ble", "RUB"),
    (r"rand\b", "ZAR"),
    (r"\bwon\b", "KRW"),
    (r"baht", "THB"),
    (r"rupiah", "IDR"),
    (r"ringgit", "MYR"),
    (r"\btaka", "BDT"),
    (r"\breais", "BRL"),
)
_CODE: Final = re.compile(
    r"(?<![A-Za-z])(?:USD|EUR|GBP|JPY|CHF|CAD|AUD|NZD|NOK|SEK|DKK|CNY|INR|ZAR|KES|XAF|XOF|TRY|PHP|BDT|PGK)(?![A-Za-z])"
)
_SIGN: Final = pattern(_WORDS["sign"])


class Amount(NamedTuple):
    """A number and its unit: an ISO 4217 code for money, `%`, `°C`, or the words for what is counted."""

    number: float
    unit: str | None


def amount(quantity: str) -> Amount | None:
    """What the words of a quantity come to; None when they name no number or several that do not belong together."""
    words = re.sub(r"[\s*]+", " ", re.sub(r"\([^()]*\)", "", quantity)).strip()
    if re.match(r"(?:net|zero|carbon|climate)\b", words, re.I):
        return Amount(0.0, words.lower().removeprefix("zero ").replace("-", " "))
    found = [match for match in _NUMBER.finditer(words) if number(match.group()) is not None]
    if not found or (len(found) > 1 and not re.match(r"from\b", words, re.I)):
        return None
    value = number(found[-1].group())
    return None if value is None else Amount(float(value), _unit(words, found[-1].end()))


def _unit(words: str, end: int) -> str | None:
    code = _CODE.search(words)
    if code:
        return code.group().upper()
    sign = _SIGN.search(words)
    if sign and sign.group().replace(" ", "").upper() in _SIGNS:
        return _SIGNS[sign.group().replace(" ", "").upper()]
    rest = words[end:].strip(" -")
    for name, iso in _NAMES:
        if re.search(name, rest, re.I):
            return iso
    if re.match(r"%|per ?cent", rest, re.I):
        return "%"
    if re.match(r"degrees?|°", rest, re.I):
        return "°C"
    return rest or None
