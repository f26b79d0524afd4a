"""English words that say nothing about a paper's subject."""

from __future__ import annotations

_GRAMMAR = """
    a about above across after again against all almost along already also although always among an and
    another any are around as at be became because become been before being below between both but by can
    cannot could did do does doing done down during each either else enough even ever every few for from
    further had has have having he hence her here him his how however i if in indeed instead into is it
    its itself just least less like made mainly make makes many may me might more moreover most much must
    my namely near neither never no nor not now of off often on once one only onto or other others
    otherwise our ours ourselves out over own perhaps quite rather same several shall she should since so
    some still such than that the their them themselves then there thereby therefore these they this
    those though through throughout thus to together too toward towards under unless until up upon us very
    via was we well were what when where whereas whether which while who whom whose why will with within
    without would yet you your
"""

FUNCTION_WORDS = frozenset(_GRAMMAR.split())
"""The grammar of English: about two in five words of an abstract."""
