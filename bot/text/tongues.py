"""Which language a text is plainly in, by the small words that every sentence of it has."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_OWN = frozenset(
    _WORD.findall(
        """ich wir ihr mich dich mir uns euch mein meine meinen meiner dein deine deinen nicht nichts
        kein keine keinen und oder aber auch noch schon nur sehr ein eine einen einem einer eines
        sind bist habe hast haben hatte wird werden wurde wurden kann kannst können könnte könntest
        möchte möchtest willst soll sollte muss müssen darf dürfen gibt gibts für über unter aus auf
        nach bei seit zwischen ohne wie wo wer wen wem wann warum wieso weshalb wozu wofür welche
        welchen welcher welches bitte danke zeig zeige finde suche schick schicke neue neuen neuer
        neues heute gestern morgen woche monat jahr alle alles etwas jetzt hier dort dazu davon
        damit daran mehr weniger dass weil wenn denn doch viele vielen diese diesen dieser dieses
        jede jeden jeder jedes immer nie machen macht mache geht gehen heißt brauche ja nein"""
    )
)
"""Words of German alone, or nearly."""

_SHARED = frozenset(
    _WORD.findall("der das des dem den du es ist im vom von zu zum zur mit als bis so da die was sie hat war")
)
"""German words that names and other languages have too."""

_LOOKED_AT = 100
_LEAST_SHARE = 0.3


def is_plainly_german(text: str) -> bool:
    """Say whether a text is German beyond doubt: two small words at least, one of them of German alone."""
    said = [word.lower() for word in _WORD.findall(text)[:_LOOKED_AT]]
    own, shared = _OWN.intersection(said), _SHARED.intersection(said)
    small = sum(word in own or word in shared for word in said)
    return bool(own) and len(own | shared) > 1 and small >= _LEAST_SHARE * len(said)


_ADDRESSING = frozenset(
    _WORD.findall(
        """je cherche cherchez voudrais veux montre montrez moi trouve trouvez donne quels quelles avez
        vous peux pouvez quiero busco muéstrame muestra puedes cuáles dame necesito encuentra quisiera
        cerco voglio mostrami puoi vorrei trova quero procuro mostre preciso você pode"""
    )
)
"""Words of French, Spanish, Italian and Portuguese with which somebody is asked for something."""

_BESIDE = frozenset(
    _WORD.findall(
        """des les sur avec pour une mes dans qui que est sont articles du au aux récents los las sobre
        para por con una del artículos trabajos sus gli delle degli articoli che di os dos das artigos em"""
    )
)


def is_plainly_romance(text: str) -> bool:
    """Say whether somebody is asked for something in French, Spanish, Italian or Portuguese."""
    said = {word.lower() for word in _WORD.findall(text)[:_LOOKED_AT]}
    asking = said & _ADDRESSING
    return bool(asking) and len(asking | (said & _BESIDE)) > 1
