"""Ways of asking that the readers know in other words, as German sentences are.

Each is a whole sentence without courtesies. What a reader knows as a form of its own stands there;
here stands what would need the same said in another order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.services.conversation.paraphrases_watching import WATCHED
from bot.services.conversation.phrases import ANYTHING, PAPERS
from bot.text.names import is_name_like

_OF = r"(?:'s|(?<=s)')"
_SOMETIMES = r"(?:ever |also |already |else |currently )*"
_PEOPLE = r"(?:any(?:one|body)|some(?:one|body)|people|others)"
_TOGETHER = (
    r"(?:collaborat|work|publish|co-?author|wr[io]t)\w*(?: (?:anything|something|a paper|papers|together))?"
)
_COAUTHORS = (
    r"(?:most )?(?:frequent|common|regular|usual|main|closest|top|best) (?:co-?authors|collaborators)"
)
_FORM = r"(bibtex|ris|apa|csl-json|endnote)"
_A_PAPER = r"(\S*\d{4}\S*|\".+\")"
_SOME_OF = (
    "best|top|first|last|newest|latest|most|new|oldest|recent|other|only|full|whole|complete"
    "|two|three|four|five"
)
_MEASURE = (
    r"(?:h-?(?: ?index(?:es)?)?|citations?|citation counts?|cited|papers|publications|productive|numbers"
    r"|metrics)"
)
_A_NUMBER = r"(?:ai )?(?:novelty|forecast|impact|score)s?"

_PERSON = (
    (
        r"(?:an? |the )?(?:summary|overview|outline|profile) (?:of|for) (.+?)"
        rf"{_OF} (?:career|work|research|papers|publications)",
        r"who is \1",
    ),
    (r"(?:an? |the )?(?:profile|(?:author )?card) (?:of|for) (.+)", r"who is \1"),
    (
        r"(?:an? |the )?(?:researcher|author|scientist|professor|person|someone|somebody)"
        r" (?:called|named|by the name of) (.+)",
        r"who is \1",
    ),
    (r"(?:an? |the |some |any )*(?:info|information|details|facts) (?:on|about) (.+)", r"\1"),
    (
        r"(?:what|which) (?:field|area|subject|topic)s? (?:does|is|do) (.+?) work(?:ing)?(?: in| on)?",
        r"who is \1",
    ),
    (r"what does (.+?) (?:work on|research|study)", r"who is \1"),
    (r"does (.+?) have an? (?:website|homepage|profile|twitter|account|orcid|email)", r"who is \1"),
    (
        r"is (.+?) still (?:active|publishing|writing|working|around|alive)(?: .+)?",
        r"newest papers by \1",
    ),
    (r"(?:(?:and|or|but) )?(?:what|how) about (.+?)(?: (?:instead|then|rather))?", r"\1"),
    (r"how (?:does|do|is) (.+?) compared? (?:to|with|against) (.+)", r"compare \1 and \2"),
    (r"(?:in english|auf englisch): ?(.+)", r"\1"),
    (
        r"what(?:'s| is) (.+?)'s"
        r" (?:e-?mail|address|website|homepage|affiliation|institution|university|field)",
        r"who is \1",
    ),
    (r"(?:when|where) did (.+?) (?:start|begin) (?:publish|writ|work|research)ing", r"who is \1"),
    (r"is (.+?) still (?:at|with) .+", r"who is \1"),
    (r"how productive is (.+)", r"how many papers has \1 written"),
    (r"how often (?:has|have) (.+?) been cited", r"how many citations does \1 have"),
    (r"(how many .+?) (?:in total|altogether|overall|all in all)", r"\1"),
    (rf"(?:who are )?(?:the )?(.+?){_OF} {_COAUTHORS}", r"coauthors of \1"),
    (rf"(?:who are )?(?:the )?{_COAUTHORS} (?:of|for) (.+)", r"coauthors of \1"),
    (
        r"(?:the |a )?(?:co-?author(?:ship)?|collaboration) (?:network|graph|map) (?:of|for) (.+)",
        r"coauthors of \1",
    ),
    (r"with whom (does|did|has) (.+)", r"who \1 \2 with"),
    (
        rf"(?:who|which one) (?:has|is|of them)(?: got)?(?: the)? (?:more|most|better|higher) {_MEASURE}"
        r"[,:]? (.+ or .+)",
        r"compare \1",
    ),
    (
        rf"(.+ or .+)[,:] (?:who|which one|which) (?:has|is)(?: got)?(?: the)? (?:more|most|better|higher)"
        rf" {_MEASURE}",
        r"compare \1",
    ),
    (
        rf"compare (?:the )?{_MEASURE}(?: and {_MEASURE})? (?:of|for|between) (.+)",
        r"compare \1",
    ),
    (
        rf"(?:which|who)(?: one)?(?: of)? (.+ (?:and|or) .+?) (?:is|has|was)(?: got)?(?: the)?"
        rf" (?:more |most |better |higher )?{_MEASURE}(?: more| most)?",
        r"compare \1",
    ),
)
_WRITTEN = (
    (
        rf"(?P<name>.+?){_OF} (?:research|work|writing|stuff) (?:on|about|in) (?P<about>.+)",
        r"papers by \g<name> about \g<about>",
    ),
    (
        r"(?:does|did|has|is) (?P<name>.+?) (?:ever )?(?:works?|worked|working|publish(?:ed)?|written|write)"
        r"(?: anything| something)? (?:on|about) (?P<about>.+)",
        r"papers by \g<name> about \g<about>",
    ),
    (rf"(?:the )?(?:first|earliest|oldest) {PAPERS} (?:of|by|from) .+", "oldest first"),
    (r"when did (?P<name>.+?) last (?:publish|write|post)(?: .+)?", r"newest papers by \g<name>"),
    (
        rf"(?P<name>.+?)(?:{_OF})? (?:best|(?:most|top|best)[- ](?:cited|known))(?: (?:{PAPERS}|ones?))?",
        r"most cited papers by \g<name>",
    ),
    (
        rf"(?:which|what)(?: one)? of (.+?){_OF} {PAPERS} (?:has|have|is|are|was|got)"
        r" (?:the )?most (?:citations|cited|often cited)",
        r"most cited papers by \1",
    ),
    (
        rf"(.+?){_OF} (?:latest|newest|most recent|recent) (?:works?|research|writing|output|stuff)",
        r"newest papers by \1",
    ),
    (
        rf"{PAPERS} (?:where|on which|in which) (.+?) (?:is|was) (?:an?|the|one of the)"
        r" (?:(?:first|last|lead|main|co-?) ?)?authors?",
        r"papers by \1",
    ),
    (rf"{PAPERS} (?:that|which) (.+?) (?:has |have )?co-?(?:authored|wrote|written)", r"papers by \1"),
    (rf"{PAPERS} co-?(?:authored|written|wrote) by (.+)", r"papers by \1"),
    (
        rf"(?:has|have|did|does|do) (?P<name>.+?) {_SOMETIMES}{_TOGETHER} with (?P<other>.+)",
        r"papers by \g<name> and \g<other>",
    ),
    (
        r"how (?:are|is) (?P<name>.+?) (?:and|with|to) (?P<other>.+?) (?:connected|related|linked)",
        r"papers by \g<name> and \g<other>",
    ),
    (
        r"(?:what(?:'s| is) )?(?:the |any )?(?:connections?|links?|relations?(?:hip)?) between (?P<name>.+?)"
        r" and (?P<other>.+)",
        r"papers by \g<name> and \g<other>",
    ),
    (
        rf"(?:the |all |any )?(?:joint|common|shared) {PAPERS} (?:of|by|from|between) (.+)",
        r"papers by \1",
    ),
    (
        rf"(?:{PAPERS}|what)(?: that| which)? (?P<name>.+?) (?:has |have )?"
        r"(?:wrote|written|published|done|did)(?: together)? with (?P<other>.+)",
        r"papers by \g<name> and \g<other>",
    ),
    (
        rf"(?:{ANYTHING}|(?:the )?{PAPERS})(?: that| which)? (?P<author>.+?) (?:has |have |had )?(?:ever )?"
        r"(?:wrote|written|published|posted)(?P<rest>(?: .+)?)",
        r"papers by \g<author>\g<rest>",
    ),
    (
        rf"(?:the|that|an?) (?P<about>(?!(?:{_SOME_OF})\b).+?) {PAPERS}"
        r" (?:by|of|from) (?P<author>.+)",
        r"papers by \g<author> about \g<about>",
    ),
    (
        r"(?:does|do|has|have) (?P<name>.+?) (?:have |share |publish |release |got )?(?:any |the |their )?"
        rf"(?:source )?code (?:for|of|with|to) (?:her|his|their|any|the)(?: own)? {PAPERS}",
        r"papers by \g<name> with code",
    ),
    (
        rf"(?P<name>.+?)(?:{_OF})? (?:publications?|papers?) list",
        r"papers by \g<name>",
    ),
    (
        rf"(?:has|have|did|does|do) (.+?) {_SOMETIMES}(?:collaborat|co-?author)\w* with (.+)",
        r"papers by \1 and \2",
    ),
    (rf"(?:has|have|did|do) (.+? and .+?) {_SOMETIMES}collaborat\w+", r"papers by \1"),
    (
        r"(?:articles|papiers|publications|papers|artículos|trabajos)"
        r"(?: (?:récent|recient|recent|nouve|nuev)\w*)? (?:de|del|di|du|par|por|von) (?P<name>.+)",
        r"papers by \g<name>",
    ),
)
_SEARCHES = (
    (rf"{PAPERS} (?:with|containing|mentioning) (.+) in (?:the|their) abstracts?", r"search for abs:\1"),
    (r"(?:articles|papiers|publications|papers|artículos|trabajos) (?:sur|sobre) (.+)", r"papers on \1"),
    (r"what (?:does|is|are) ([a-z-]+\.[a-z-]+)(?: (?:mean|stand for|about))?", r"new in \1"),
    (
        r"(?:to )?(?:find )?(?:an? |some |possible )?(?:reviewers?|referees?|collaborators)"
        rf"(?: for (?:an? |my |our )?{PAPERS})? (?:about|on|in|for) (.+)",
        r"papers about \1",
    ),
    (
        r"what (?:has|have|was|were)(?: been| ever)* (?:published|written|done|posted)"
        r" (?:on|about) (.+)",
        r"papers on \1",
    ),
    (
        # "Recent Advances in …" begins titles, which are written large.
        r"(?:the )?(?:recent|latest|newest|new)"
        r" (?-i:advances|developments|progress|breakthroughs|results|findings|research)"
        r" (?:in|on|of|about) (.+)",
        r"newest papers on \1",
    ),
    (
        rf"(?:has|have|did|does|do|is|are) {_PEOPLE} {_SOMETIMES}"
        r"(?:writ\w+|wrote|publish\w*|work\w*|look\w*|research\w*|study|studied|studying)"
        rf"(?: (?:anything|something|{PAPERS}))?(?: (?:on|about|at|into))? (.+)",
        r"papers on \1",
    ),
    (
        r"where (?:can|could|do|should|would) (?:i|we|one) (?:read|learn|find(?: out)?)"
        rf"(?: (?:more|{ANYTHING}|{PAPERS}))? (?:on|about) (.+)",
        r"papers on \1",
    ),
    (
        rf"(survey|review|tutorial|overview|benchmark|dataset)s? {PAPERS} (?:on|about|of|for|in) (.+)",
        r"papers on \1 \2",
    ),
    (
        r"(?:an? |some |any )?(?:open[- ]source (?:code|implementations?|software) (?:for|of|on)"
        r"|implementations of|(?:an|any|some) implementation of) (.+)",
        r"papers on \1 with code",
    ),
    (rf"(?:(?:some|the|any) )?novel {PAPERS}(.*)", r"most novel papers\1"),
    (rf"surprise (?:me|us) with (?:an? |some )?(.+?)(?: {PAPERS})?", r"papers on \1"),
    (rf"(?:the )?cross[- ]?list(?:s|ed|ings?)(?: {PAPERS})? (?:in|to|for|of|from) (.+)", r"new in \1"),
    (
        rf"(?:the )?(?:(?:most|highly|best) cited|most influential|seminal|famous|landmark) (?!{PAPERS})(.+?)"
        rf" {PAPERS}((?: .+)?)",
        r"most cited papers on \1\2",
    ),
    (
        r"(every (?:day|morning|evening|week|monday)|daily|weekly),? (?:give|send|show|tell|message|e-?mail)"
        r"(?: me| us)?(?: about)? (.+)",
        r"follow \2 \1",
    ),
    (rf"sort(?:ed)? by (\w+):? ({PAPERS} .+)", r"\2 sorted by \1"),
    (rf"({PAPERS} .+?),? (?:and )?sort (?:them |it )?by (\w+)", r"\1 sorted by \2"),
    (
        r"(?:the )?(?:arxiv )?(?:listings?|mailings?|submissions|feed) (?:for|of|in|from) (.+)",
        r"new in \1",
    ),
    (r"what (?:did|have|do) (?:i|we) miss(?:ed)?(?: while .+)?", r"what's new this week"),
    (r"what (?:did|have|do) (?:i|we) miss(?:ed)?(?: out)?(?: on)? (.+)", r"what's new \1"),
    (
        r"(?:catch|fill|bring) (?:me|us) (?:up|in)(?: to (?:date|speed))? (?:on|with|about|in) (.+)",
        r"what's new in \1",
    ),
)
_PAPER = (
    (
        r"(?:something|anything|(?:a |the |some )?papers?|the one|one)(?: (?:that|which)(?: is)?)?"
        r" (?:with|called|containing|has|having)(?: the words?)? (.+?) in (?:the|its|their) titles?",
        r"search for ti:\1",
    ),
    (rf"(?:{PAPERS} )?(?:close|closest|nearest|near|akin) to {_A_PAPER}", r"similar to \1"),
    (rf"(?:{PAPERS} )?based on {_A_PAPER}", r"similar to \1"),
    (r"what (?:should|could|can|do) (?:i|we) read (?:next )?after (.+)", r"similar to \1"),
    (
        rf"(?:{PAPERS} |{ANYTHING} |one )?(?:(?:that )?resembl(?:ing|es?)|comparable (?:to|with)"
        r"|in the style of) (?:the )?(.+?)(?: paper)?",
        r"similar to \1",
    ),
    (r"(?:is|are) there (?:anything|something|papers) (?:like|similar to) (.+)", r"similar to \1"),
    (r"when did (.+) (?:come out|appear)", r"when was \1 published"),
    (rf"(?:export|download) {_A_PAPER} (?:as|in|to) (?:an? )?{_FORM}", r"cite \1 as \2"),
)
_NUMBERS = (
    (
        rf"(?:what is |what's |explain )?(?:the )?differences? between (?:the )?{_A_NUMBER}"
        rf" and (?:the )?{_A_NUMBER}"
        rf"|(?:why|how come) (?:is|does|has|are) (?:.+ )?{_A_NUMBER}(?: .+)?"
        rf"|(?:is|are) (?:an? |the )?{_A_NUMBER}(?: of)? \d+ ?%? .+"
        rf"|(?:is|are) \d+ ?%? (?:an? )?(?:good|bad|high|low)(?: {_A_NUMBER})?",
        r"explain the numbers",
    ),
)
_SENTENCES = tuple(
    (re.compile(form, re.IGNORECASE), meaning)
    for form, meaning in (*_PERSON, *_WRITTEN, *_SEARCHES, *_PAPER, *WATCHED, *_NUMBERS)
)


def paraphrased(text: str) -> str:
    """Return a sentence as the readers know it, itself where it is none of these."""
    for form, meaning in _SENTENCES:
        found = form.fullmatch(text)
        if found and _is_of_people(found.groupdict()):
            return found.expand(meaning)
    return text


def _is_of_people(said: Mapping[str, str | None]) -> bool:
    """Say whether a `name` is a whole one, and an `author` that or a family name written large."""
    author = said.get("author") or "Somebody"
    is_author = is_name_like(author) or (author.isalpha() and author.istitle())
    return is_author and ("name" not in said or is_name_like(said["name"] or ""))
