"""At first sight an utterance becomes the commitment or the call that it expresses.

The identifier comes from that first utterance and is kept when later statements say the same again.
"""

from ontology.event_codes import event_code
from ontology.identifiers import call_iri, commitment_iri
from ontology.records import Act, Call, Commitment, Utterance
from ontology.terms import Kind


def minted(utterance: Utterance) -> Act:
    """The act of which this utterance is the first expression."""
    code = event_code(utterance.kind, utterance.fields, negated=utterance.negated)
    if utterance.kind is Kind.CALL:
        return Call(
            iri=call_iri(utterance.iri),
            action=utterance.action,
            date=utterance.statement.date,
            actors=utterance.actors,
            counterparts=utterance.counterparts,
            fields=utterance.fields,
            negated=utterance.negated,
            initiatives=utterance.initiatives,
            plover=code.plover,
            cameo=code.cameo,
            utterances=(utterance,),
        )
    return Commitment(
        iri=commitment_iri(utterance.iri),
        kind=utterance.kind,
        action=utterance.action,
        date=utterance.statement.date,
        actors=utterance.actors,
        counterparts=utterance.counterparts,
        fields=utterance.fields,
        force=utterance.force,
        negated=utterance.negated,
        initiatives=utterance.initiatives,
        plover=code.plover,
        cameo=code.cameo,
        utterances=(utterance,),
    )
