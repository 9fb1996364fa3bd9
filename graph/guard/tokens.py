"""The words, signs and strings of a statement. Comments and spaces end here; escapes count inside strings only."""

import re
from collections.abc import Iterator
from typing import Final, NoReturn

from lark import Token

from graph.guard.refusal import CypherRefusedError, Place, Rule

LONGEST: Final = 16_384
MOST_TOKENS: Final = 4_000

_SCANNER: Final = re.compile(
    r"""
    (?P<SPACE>   (?:\s|//[^\n\r]*|/\*.*?\*/)+ )
  | (?P<STRING>  '(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*" )
  | (?P<QUOTED>  `(?:[^`]|``)*` )
  | (?P<PARAMETER> \$ (?: [^\W\d]\w* | `[^`]*` ) )
  | (?P<FLOAT>   \d+ (?: \.\d+ (?:[eE][+-]?\d+)? | [eE][+-]?\d+ ) )
  | (?P<INTEGER> 0[xX][0-9a-fA-F]+ | 0o[0-7]+ | \d+ )
  | (?P<WORD>    [^\W\d]\w* )
  | (?P<SIGN>    <= | >= | <> | =~ | \.\. | \|\| | [()\[\]{},:;.+\-*/%^=<>|&!] )
    """,
    re.X | re.S,
)
_SIGNS: Final = {
    "(": "LPAR", ")": "RPAR", "[": "LSQB", "]": "RSQB", "{": "LBRACE", "}": "RBRACE", ",": "COMMA", ":": "COLON",
    ";": "SEMICOLON", ".": "DOT", "..": "DOTS", "+": "PLUS", "-": "MINUS", "*": "STAR", "/": "SLASH", "%": "PERCENT",
    "^": "CIRCUMFLEX", "=": "EQUAL", "<>": "UNEQUAL", "<": "LESSTHAN", ">": "MORETHAN", "<=": "ATMOST",
    ">=": "ATLEAST", "=~": "LIKE", "|": "VBAR", "||": "CONCAT", "&": "AMPERSAND", "!": "BANG",
}  # fmt: skip
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))", re.S)
_HALF: Final = re.compile("[\ud800-\udfff]")
_MEANING: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
# Everything that text in a query can be, without what only looks like it is not there.
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


def tokens(text: str) -> list[Token]:
    """The tokens of one statement, without a semicolon at its end.

    Raises `CypherRefusedError` for what is too long or begins no token.
    """
    if len(text) > LONGEST:
        raise CypherRefusedError(
            Rule.LENGTH,
            f"the statement has {len(text):,} characters, at most {LONGEST:,} are read; give lists as parameters",
        )
    if unseen := _UNSEEN.search(text):
        _refuse_character(text, unseen.start())
    found = list(_scanned(text))
    if len(found) > MOST_TOKENS:
        raise CypherRefusedError(
            Rule.LENGTH,
            f"the statement has {len(found):,} words and signs, at most {MOST_TOKENS:,} are read; use parameters",
        )
    if found and found[-1].type == "SEMICOLON":
        del found[-1]
    for token in found:
        if token.type == "SEMICOLON":
            raise CypherRefusedError(Rule.STATEMENTS, "only one statement at a time is run", place_of(token))
    return found


def place_of(token: Token) -> Place:
    """Where a token stands."""
    return Place(token.line or 1, token.column or 1)


def string(token: Token) -> str:
    """What a STRING token means. `\\uXXXX` is a character of the string, never its end; `\\d` stays as it is."""
    text = _ESCAPE.sub(_unescaped, token.value[1:-1])
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16") if _HALF.search(text) else text
    except UnicodeDecodeError as error:
        raise CypherRefusedError(
            Rule.CHARACTER, "the string has half a character (a lone surrogate)", place_of(token)
        ) from error


def integer(token: Token) -> int:
    """What an INTEGER token is worth."""
    return int(token.value, 0) if token.value[:2].lower() in ("0x", "0o") else int(token.value)


def name(token: Token) -> str:
    """What a name or PARAMETER token is called, without dollar and backticks."""
    value = token.value.removeprefix("$")
    return value[1:-1].replace("``", "`") if value.startswith("`") else str(value)


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    return _MEANING.get(match[2]) or (match[2] if match[2] in "\\'\"`" else match[0])


def _scanned(text: str) -> Iterator[Token]:
    at, line, start = 0, 1, 0
    while at < len(text):
        match = _SCANNER.match(text, at)
        if match is None:
            _refuse(text, at)
        kind, value, end = match.lastgroup or "", match[0], match.end()
        if kind in ("FLOAT", "INTEGER") and re.match(r"\w", text[end : end + 1]):
            _raise(Rule.SYNTAX, f"{value}{text[end]}... is neither a number nor a name", text, at)
        if kind != "SPACE":
            type_ = _SIGNS[value] if kind == "SIGN" else kind
            yield Token(type_, value, at, line, at - start + 1, line, end - start + 1, end)
        if breaks := value.count("\n"):
            line += breaks
            start = at + value.rindex("\n") + 1
        at = end


def _refuse(text: str, at: int) -> NoReturn:
    """Say what it is that begins no token."""
    match text[at]:
        case "'" | '"':
            _raise(Rule.SYNTAX, "the string that begins here does not end", text, at)
        case "`":
            _raise(Rule.SYNTAX, "the name in backticks that begins here does not end", text, at)
        case "/" if text[at : at + 2] == "/*":
            _raise(Rule.SYNTAX, "the comment that begins here does not end", text, at)
        case "$":
            _raise(Rule.SYNTAX, "a parameter is a dollar and a name, such as $party", text, at)
        case "\\":
            _raise(Rule.CHARACTER, "a backslash stands only in strings; write the character that you mean", text, at)
    _refuse_character(text, at)


def _refuse_character(text: str, at: int) -> NoReturn:
    sign = text[at]
    shown = f"{sign!r} (U+{ord(sign):04X})" if sign.isprintable() else f"U+{ord(sign):04X}"
    _raise(Rule.CHARACTER, f"the character {shown} has no meaning here; remove it", text, at)


def _raise(rule: Rule, message: str, text: str, at: int) -> NoReturn:
    before = text[:at]
    raise CypherRefusedError(rule, message, Place(before.count("\n") + 1, at - before.rfind("\n")))
