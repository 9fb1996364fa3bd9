"""What is wrong with a graph, told so that whoever wrote it can put it right."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Violation:
    """A node, the rule that it breaks, what the rule says, and what to do."""

    node: str
    rule: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.node}: {self.message} ({self.rule}) {self.remedy}"


BY_CONSTRAINT: Final = {
    "MinCountConstraintComponent": "Say {path} of it.",
    "MaxCountConstraintComponent": "Keep one value of {path}.",
    "DatatypeConstraintComponent": "{value} stands there; give it the datatype of the rule, without a language.",
    "ClassConstraintComponent": "{value} is no such thing here; describe it in the file, or name another.",
    "OrConstraintComponent": "{value} is no such thing here; describe it in the file, or name another.",
    "InConstraintComponent": "{value} stands there; use a value of the rule.",
    "NodeKindConstraintComponent": "{value} stands there; give an IRI.",
    "PatternConstraintComponent": "{value} stands there; write it as the rule says.",
    "NodeConstraintComponent": "{value} stands there; write it as the rule says, with its datatype.",
    "MinLengthConstraintComponent": "Leave {path} out, or give it a text.",
}
BY_RULE: Final = {
    "field-iri": "Give the slug as skos:notation that its IRI ends with.",
    "statement-iri": "Name it by the SHA-256 of its text, as `pledgegraph export` does.",
    "statement-digest": "Give the text unchanged, to the last blank and line end, or the digest of this text.",
    "utterance-action-in-quote": "Count characters (Unicode code points) from 0, in the statement's text.",
    "utterance-quote-in-statement": "Quote the statement's own words, and count characters from 0.",
    "utterance-slots-in-quote": "Give deadline, quantity and condition in the words of the quote.",
    "utterance-due-of-deadline": "Add the words that say so, or leave the value out.",
    "utterance-kind-of-act": "Let it express an act of the other class, or give it the other kind.",
    "commitment-on-behalf": "Add the utterance made on that actor's behalf, or take the pledge away from it.",
    "call-on-behalf": "Add the utterance made on that actor's behalf, or take the call away from it.",
}
OTHERWISE: Final = "{value} stands there; change it as the rule says."
