"""Other ways of asking about people, and for what they wrote."""

from __future__ import annotations

from bot.services.conversation.phrases import ANYTHING, PAPERS

_OF = r"(?:'s|(?<=s)')"
SOMETIMES = r"(?:ever |also |already |else |currently )*"
_TOGETHER = (
    r"(?:collaborat|work|publish|co-?author|wr[io]t)\w*(?: (?:anything|something|a paper|papers|together))?"
)
_COAUTHORS = (
    r"(?:most )?(?:frequent|common|regular|usual|main|closest|top|best) (?:co-?authors|collaborators)"
)
_SOME_OF = (
    "best|top|first|last|newest|latest|most|new|oldest|recent|other|only|full|whole|complete"
    "|two|three|four|five"
)
_MEASURE = (
    r"(?:h-?(?: ?index(?:es)?)?|citations?|citation counts?|cited|papers|publications|productive|numbers"
    r"|metrics)"
)

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
    (rf"whom? (?P<name>.+?) {_TOGETHER} with", r"coauthors of \g<name>"),
    (
        r"(?:(?:the )?people|everyone|everybody|researchers|those)(?: who| that)? (?:has |have |is |are )?"
        rf"{_TOGETHER} with (.+)",
        r"coauthors of \1",
    ),
    (rf"(.+?){_OF} network of (?:co-?authors|collaborators)", r"coauthors of \1"),
    (
        r"how many (papers|citations) (?P<name>.+?) has(?: written| published| got)?",
        r"how many \1 does \g<name> have",
    ),
    (r"search(?: for)?(?: the)? author:? (.+)", r"author \1"),
    (r"(?P<name>[^,]+), papers( .+)?", r"papers by \g<name>\2"),
    (r"side by side: (.+)", r"compare \1"),
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
        rf"(?:has|have|did|does|do) (?P<name>.+?) {SOMETIMES}{_TOGETHER} with (?P<other>.+)",
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
        rf"(?:has|have|did|does|do) (.+?) {SOMETIMES}(?:collaborat|co-?author)\w* with (.+)",
        r"papers by \1 and \2",
    ),
    (rf"(?:has|have|did|do) (.+? and .+?) {SOMETIMES}collaborat\w+", r"papers by \1"),
    (
        r"(?:articles|papiers|publications|papers|artículos|trabajos)"
        r"(?: (?:récent|recient|recent|nouve|nuev)\w*)? (?:de|del|di|du|par|por|von) (?P<name>.+)",
        r"papers by \g<name>",
    ),
)
OF_PEOPLE = (*_PERSON, *_WRITTEN)
