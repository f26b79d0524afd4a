"""Ways of asking that the readers know in other words, as German sentences are.

Each is a whole sentence without courtesies. What a reader knows as a form of its own stands there;
here stands what would need the same said in another order.
"""

from __future__ import annotations

import re

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
_WATCHES = r"(?:watch(?:es)?|watch ?list|alerts?|notifications?|subscriptions?|feeds?|follows?)"
_DIGEST = r"(?:digests?|summar(?:y|ies)|reports?|newsletters?|updates?)"
_RHYTHM = r"(?:daily|weekly|every \w+|each \w+|once a \w+)"
_FORM = r"(bibtex|ris|apa|csl-json|endnote)"
_A_PAPER = r"(\S*\d{4}\S*|\".+\")"
_A_NUMBER = r"(?:ai )?(?:novelty|forecast|impact|score)s?"

_PERSON = (
    (
        r"(?:an? |the )?(?:summary|overview|outline|profile) (?:of|for) (.+?)"
        rf"{_OF} (?:career|work|research|papers|publications)",
        r"who is \1",
    ),
    (r"(?:an? |the )?(?:profile|author card) (?:of|for) (.+)", r"who is \1"),
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
    (rf"(?:export|download) {_A_PAPER} (?:as|in|to) (?:an? )?{_FORM}", r"cite \1 as \2"),
)
_FOLLOWED = (
    (
        rf"(?:(?:set ?up|create|make|add|start|have) )?an? (?:new )?{_WATCHES}"
        r" (?:for|on|about|of|to) (.+)",
        r"follow \1",
    ),
    (r"announcements? (?:of|about|for|on) (.+)", r"follow \1"),
    (r"(?:an? )?(?:e-?mail|message|note|ping) (?:when|whenever|if|as soon as) (.+)", r"notify me when \1"),
    (rf"add (.+) to (?:my|our|the) {_WATCHES}", r"follow \1"),
    (r"(?:start|begin) (?:to )?(?:follow|watch|track)(?:ing)? (.+)", r"follow \1"),
    (
        r"(?:(?:be|get) )?(?:notified|alerted|informed|notifications?|alerts?)"
        r" (?:about|when|whenever|if|for|of|on) (.+)",
        r"notify me when \1",
    ),
    (
        r"(?:let me know|(?:notify|alert|tell|ping) me) (?:as soon as|every time|each time|once) (.+)",
        r"notify me when \1",
    ),
    (
        r"(?:e-?mail|message|text|dm|write) (?:me|us)"
        r" (?:(?:about|when|whenever|if|with|on|of) )?((?:(?:all|any|the) )?new .+|when .+)",
        r"notify me about \1",
    ),
    (
        rf"(?:an? |the |my )?{_DIGEST} (?:of|on|for|about|with) (.+ {_RHYTHM}(?:,? at .+)?)",
        r"follow \1",
    ),
    (rf"(?:remove|delete|drop|take) (.+) (?:from|off) (?:my|our|the) {_WATCHES}", r"unfollow \1"),
    (
        rf"(?:remove|delete|cancel|end|stop|drop) (?:my|our|the) {_WATCHES} (?:for|on|about|of|to) (.+)",
        r"unfollow \1",
    ),
    (
        rf"(?:cancel|delete|remove|end|stop|disable|no more) (?:(?:all|my|our|the|of|these) )*"
        rf"(?:{_WATCHES}|everything)",
        r"stop messaging me",
    ),
    (
        r"(?:daily|weekly) digests?"
        r"|(?:show|see|view|check|manage|display) (?:all )?(?:(?:my|our|the) )?(?:active |current )?"
        rf"{_WATCHES}"
        r"|how (?:do|can|could) (?:i|we) (?:change|edit|adjust)"
        r" (?:it|this|that|them|my \w+)(?: later| again)?"
        r"|(?:am|are) (?:i|we) (?:already )?(?:following|watching|tracking|subscribed to) .+"
        r"|(?:do|did) (?:i|we) (?:already )?(?:follow|watch|track) .+",
        r"following",
    ),
    # How often and what of it is each watch's own: the list says so, and where it is changed.
    (
        rf"(?:change|switch|set|make)(?: (?:my|the|our))?(?: {_DIGEST}| alerts?| everything)?"
        rf" (?:to )?(?:an? )?(?:daily|weekly|instant)(?: {_DIGEST})?(?: instead)?"
        r"|only (?:send|notify|alert|tell|show) me .+"
        r"|(?:at most|no more than|max(?:imum|imal)?) \w+ (?:papers|messages) (?:a|per|each|every) day",
        r"following",
    ),
    (r"((?:make|put|switch|change|set) \S+\.\S+ (?:to )?(?:daily|weekly)) (?:instead|now)", r"\1"),
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
    for form, meaning in (*_PERSON, *_WRITTEN, *_SEARCHES, *_PAPER, *_FOLLOWED, *_NUMBERS)
)


def paraphrased(text: str) -> str:
    """Return a sentence as the readers know it, itself where it is none of these."""
    for form, meaning in _SENTENCES:
        found = form.fullmatch(text)
        if found and ("name" not in found.groupdict() or is_name_like(found["name"])):
            return found.expand(meaning)
    return text
