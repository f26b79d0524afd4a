"""Questions about the bot itself, wishes for help and status, and for what can't be done yet."""

from __future__ import annotations

from datetime import date

from bot.services.conversation.smalltalk import first_in, table_of
from bot.services.conversation.wishes import (
    HelpWanted,
    ListFollowed,
    PrivacyWanted,
    Say,
    SetUpWanted,
    Speak,
    StatusWanted,
    Unfollow,
    Wish,
)
from bot.text.folding import words
from bot.words import ENGLISH, GERMAN

_HELP = (
    r"where (?:do|should|can) (?:i|we) (?:begin|start)|(?:i am|i m|im) (?:brand |completely )?new"
    r" (?:here|to (?:this|you|hoopoe|discord|the (?:bot|lab|group|team|server))).*",
    r"help(?: me)?|commands?|usage|manual|start|menu|about you|what now|what (?:do|should"
    r"|can) i do(?: now| next| first)?|(?:i am|i m|im) new(?: here| to this)?",
    r"(?:who|what) are you|who (?:made|built|wrote) you",
    r"what (?:is|does|s) (?:this|hoopoe|this bot)(?: do)?",
    r"are you (?:a |an )?(?:human|bot|robot|ai|real|person|(?:chat ?)?gpt|claude|gemini|llm)\b.*",
    r"are you (?:better|faster|smarter|other) than .+|what makes you (?:better|different|special).*",
    r"what (?:else )?(?:can|do|could) (?:you|i|this bot) (?:do|ask|offer|know|tell)(?: you| for| here| me)*"
    r"(?: about (?:an? )?(?:papers?|authors?|people|watches|it|them))?",
    r"i (?:do not|don t|dont) (?:understand|get)(?: (?:this|that|it|you))?",
    r"how (?:does|do|can) (?:i |one )?(?:use )?(?:this|it|you|hoopoe|the bot)(?: bot)?(?: work)?",
)
_STATUS = (
    r"how many (?:records|entries|documents|articles)"
    r" (?:do you (?:know|have)|are(?: there| in (?:your|the) \w+)?)",
    r"status|uptime|version|last harvest|when was the last harvest|are you (?:ok|up|online|working|down)",
    r"how (?:many papers (?:do you (?:know|have)|are there)|(?:big|large) is (?:the|your) (?:catalogu?e"
    r"|database|index|library)).*",
    r"is (?:everything|arxiv|openalex|the bot) (?:ok|fine|up|down|working|running|broken)",
    r"why (?:is|are|was|were|did|has|have) (?:there )?(?:nothing|no(?: new)? papers?)"
    r"(?: (?:been )?(?:new|posted|announced|sent|come|coming|here|today|yesterday|this week))*",
)
_SETTING_UP = (
    r"(?:i (?:want|would like) to |help me |can you |how (?:do|can|to) (?:i |we )?)?(?:to )?set ?up"
    r" (?:(?:my|our|the|some|new|paper) )*(?:announcements?|alerts|notifications|watch(?:es)?|feeds?)"
    r"(?: here| (?:for|in|on) (?:me|us|(?:my|our|the|this|a) (?:group|lab|team|server|channel|forum)))?",
    r"(?:announcements?|alerts|notifications) set ?up|guided set ?up|set ?up",
    r"how (?:do|can|to) (?:i |we )?(?:set (?:it|this|that|them) up|set up (?:it|this|that|them))",
)
_PICKS = (
    r"(?:(?:show|what are|when are|set|change|post) )?(?:me )?(?:(?:the|our|my|this week s|weekly) )*"
    r"(?:reading group (?:s )?|weekly )picks(?: of the week)?(?: here)?",
    r"how (?:do|does|can) (?:i |we |the )*(?:reading group |weekly )?picks? work",
)
_A_NUMBER = (
    r"(?:ai|hoopoe)? ?scores?|novelty(?: score| percentile)?|forecasts?|impact(?: score)?|h ?index|i10 ?index"
    r"|these numbers|the numbers|your (?:numbers|scores)"
)
_NUMBERS = (
    rf"(?:explain|define|what (?:is|are|s|does|do)|whats) (?:(?:an?|the|your) )?(?:{_A_NUMBER})"
    r"(?: (?:mean|stand for|measure|say|tell me|for))?",
    rf"how (?:is|are|do you|does) (?:(?:an?|the) )?(?:(?:compute|calculate|measure) )?(?:(?:an?|the) )?"
    rf"(?:{_A_NUMBER})(?: (?:computed|calculated|measured|made|work))?",
    rf"where (?:do|does) (?:(?:an?|the|your) )?(?:{_A_NUMBER}) come from",
    rf"meaning of (?:(?:an?|the) )?(?:{_A_NUMBER})",
    rf"(?:how (?:accurate|good|reliable|exact) (?:is|are)|(?:(?:can|should) (?:i|we|one) )?trust)"
    rf" (?:(?:an?|the|your) )?(?:{_A_NUMBER}|numbers)",
)
_ARXIV = (
    r"(?:what (?:is|s)|whats|explain|who (?:is|runs)) (?:(?:a|an|the) )?(?:arxiv|preprints?)"
    r"(?: (?:org|server|paper))?(?: exactly| about)?",
)
_YOUR_PAPERS = (
    r"(?:(?:your|the|these|those|all) )?(?:papers|data|information|numbers|sources|catalogue|database)"
)
_SOURCES = (
    r"(?:are|is) (?:your|the) (?:citations?(?: counts?)?|numbers|scores?|h ?index) (?:correct|right"
    r"|reliable|exact|real)",
    r"what (?:can|do) (?:you|i) (?:search|look up|find|cover|index)(?: (?:for|in|here|with you))?",
    rf"where (?:do|does|did|are|is) (?:you )?(?:get )?{_YOUR_PAPERS}(?: (?:come|coming|taken))?(?: from)?",
    r"(?:what|which) (?:is|are) your (?:sources?|data|database|coverage)|your sources?|data sources?",
    r"what sources do you (?:use|have)|which sources do you (?:use|have|index|cover)",
    r"do you (?:make|invent) (?:things|stuff|papers|this|it)(?: up)?|are you (?:making (?:things|this"
    r"|it) up|hallucinating)",
    r"are you (?:up to date|current|complete)|how (?:up to date|current|recent) (?:is|are) (?:this|these|it)",
    rf"how (?:current|recent|up to date|fresh|old|complete) (?:are|is) (?:you|{_YOUR_PAPERS})",
    rf"how (?:often|frequently) (?:do you|are you|are|is|do) (?:{_YOUR_PAPERS} )?(?:updated?|refresh(?:ed)?)",
    rf"how far back (?:do|does) (?:you|{_YOUR_PAPERS}) (?:go|reach)",
    r"(?:which|what) (?:categories|fields|subjects|topics|areas) (?:do you|can you|are) "
    r"(?:know|cover|have|search|covered|there)(?: (?:for|in|of) .+)?",
    r"(?:(?:explain|say) (?:it|this|that) )?(?:to me )?"
    r"(?:in|with) (?:simple|simpler|plain|easy|your own) words",
    r"(?:(?:can|do) you )?(?:read|search) (?:the |any )?(?:pdfs?|full ?texts?|whole papers)"
    r"(?: of papers)?",
    r"(?:can|could|do|would|will) you (?:write|review|proofread|correct|grade|finish|edit)"
    r" (?:me )?(?:(?:an?|the|my|our|this) )?(?:\w+ ){0,2}(?:thesis|paper|review|abstract|essay|section"
    r"|introduction|code|homework|survey|report|summary|proposal)(?: (?:for|about|on) .+)?",
    r"(?:(?:can|could|do) you )?(?:summari[sz]e|explain|understand|translate)"
    r" (?:(?:an?|the|this|that|its|all) )?(?:papers?|abstracts?|pdfs?|it|this|that|one)"
    r"(?: (?:in)?to \w+| in \w+)?(?: for me)?",
)
_BEST_PEOPLE = (
    r"(?:who (?:is|are) )?(?:the )?(?:top|best|leading|most (?:cited|productive|influential|active)|biggest)"
    r" (?:author|researcher|scientist|people|professor|expert|name)s?(?: (?:in|on|for|of|at) .+)?",
    r"(?:who (?:is|are) )?(?:the )?(?:big|key|main|important) (?:name|people|player|author|figure|group)s?"
    r" (?:in|on|of|behind) .+",
    r"(?:who (?:is|are) )?(?:the )?(?:leading )?(?:experts?|authorit(?:y|ies)|specialists?) (?:in|on|for"
    r"|of) .+",
    r"who (?:is|s) leading(?: (?:in|on) .+)?",
    r"who (?:publishes|writes|is cited) (?:the )?most(?: (?:in|on|about) .+)?",
)
_INVITE = (
    r"(?:how (?:do|can) (?:i|we) |(?:i|we) (?:want|would like) to )?(?:add|invite|install|get) "
    r"(?:you|hoopoe|this bot|the bot)"
    r"(?: (?:to|in|into|on|for) (?:my|our|a|the|another) (?:\w+ )?(?:server|group|channel|discord|guild))?",
    r"(?:do you have|is there|what is|send me) (?:an?|the|your) invite(?: link)?",
)
_WRONG = (
    r"(?:you (?:sent|gave|showed)(?: me)? |(?:this|that|it) (?:is|s|was) |no )?(?:an?|the)? ?wrong"
    r" (?:paper|person|author|one|answer)s?",
    r"(?:(?:this|that|it) (?:is|s) )?not (?:the )?(?:right|correct) (?:paper|person|author|one|answer)",
    r"not (?:her|him|that one|this one|what i (?:meant|asked|wanted)(?: for)?)"
    r"|(?:i meant )?(?:the|an) ?other one"
    r"|(?:that|this|it) (?:is|s) not (?:her|him|it|what i (?:meant|asked|wanted)(?: for)?)",
)
_IN_A_CHANNEL = r"(?:in|to|into) (?:our|my|a|the|this) (?:\w+ )?(?:channel|server|forum|thread|group)"
_SOME_PAPERS = r"(?:(?:new )?(?:papers|announcements|them|it|this|these|alerts))"
_IN_OUR_CHANNEL = (
    r"(?:(?:can|could|do|will) you )?(?:also )?(?:post|announce|write|send)"
    rf"(?: {_SOME_PAPERS})? {_IN_A_CHANNEL}",
    rf"(?:how (?:do|can)|can) (?:i|we) (?:get|have|post|announce|receive) {_SOME_PAPERS} {_IN_A_CHANNEL}",
)
_SYNTAX = (
    r"(?:what is the |the )?(?:search|query|topic) (?:syntax|language|operators|grammar)",
    r"(?:how (?:do|can) (?:i|we|one)|how to) (?:search|look|find|exclude|leave out|combine|use)"
    r"(?: (?:for|in|only|an?|the|exact|certain|some|several|two|out))*"
    r" (?:titles?|words?|phrases?|abstracts?|operators?|wildcards?|boolean \w+|and or)",
    r"what (?:do|does) (?:ti|abs|au|and|or|not) (?:and (?:ti|abs|au|and|or|not) )?(?:mean|do|stand for)",
    r"(?:can|do) (?:i|you) (?:use|support|know|understand) (?:boolean \w+|wildcards|operators|quotes|regex)",
)
_WHOSE_BOT = (
    r"(?:who (?:runs|hosts|owns|operates|maintains|pays for)|who is behind) (?:you|this|this bot|hoopoe)",
    r"(?:are you|is (?:this|it|hoopoe|the bot)) (?:free|open source|for free|paid|commercial)\b.*",
    r"(?:how much|what) do(?:es)? (?:you|it|this|hoopoe) cost|where is your (?:source(?: code)?|code|github)",
)
_WHO_IS_WHO = (
    r"how do you (?:know|tell|decide)"
    r" (?:who is who|who wrote what|(?:people|authors|namesakes) apart)",
    r"(?:what|how) (?:about|with|if|do you do (?:with|about)) (?:people with the same name|namesakes).*",
    r"(?:two|several|many) people (?:have|with) the same name.*",
    r"(?:my|some|her|his) papers? (?:are|is) (?:missing|not (?:there|here|listed)|wrong)",
    r"(?:this|that) (?:author|person|one) is (?:me|not me|somebody else|someone else)",
    r"add my orcid(?: id)?|how (?:do|can) i (?:correct|fix|change|claim|merge)"
    r" (?:an? |the |my |this )?(?:wrong )?(?:author|profile|card|name|papers?|entry|record)",
)
_UNDO = (r"undo(?: (?:it|that|this|the last \w+))?|take (?:it|that) back|revert(?: (?:it|that))?",)
_FOLLOWED = (
    r"following|watch(?:es| list|list)|subscriptions|did (?:it|that) work"
    r"|what(?: is|s| s)(?: still)? (?:paused|muted|active|being followed)",
    r"(?:what|who|whom|which \w+) (?:(?:am|are|do|did) (?:i|we)|i m|i am)"
    r" (?:(?:follow|watch)(?:ing)?|subscribed to)(?: (?:now|already|currently))?",
    r"(?:what|which) (?:alerts|notifications|watches|subscriptions|announcements) (?:do|did|have) (?:i|we)"
    r" (?:have|get|set ?up|made|created)",
    r"why (?:did|do|have|am|are|didn t|don t|haven t) (?:i|we)(?: not)?(?: been)? (?:get|got|gotten|receive"
    r"|received|getting|receiving|see|had)(?: \w+){0,4}",
    r"(?:list )?(?:of )?(?:my|our|all|the) (?:watches|watch ?list|follows|subscriptions|alerts|followed \w+)",
)
_CLEAR = (r"(?:clear|empty|delete|wipe|reset) (?:my|our|the) (?:(?:whole|entire) )?(?:reading )?list",)
_FORGET = (
    r"forget me|(?:delete|erase|forget) (?:all )?(?:of )?my data",
    r"(?:forget|delete|erase) (?:everything|all)(?: (?:that )?you (?:have|keep|store|know))?"
    r" (?:about|on|of) me",
)
_PRIVACY = (
    r"do you (?:read|see|store|keep|save) (?:all )?(?:of )?my messages|who (?:can|does"
    r"|could) see my \w+(?: list)?",
    r"privacy|(?:(?:export|show|download) )?(?:(?:what is|what s|a copy of) )?(?:all )?(?:of )?my data",
    r"(?:what|which|what data|which data) do you (?:have|keep|store|know|save) (?:about|on|of) me",
)
_PLANNED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "citing",
        (
            r"(?:papers |who |what |which papers )?(?:citing|cites|cited by) .+",
            r"(?:which |what )?(?:papers|works)(?: that| which)? cite .+",
        ),
    ),
    (
        "oldest",
        (
            r"(?:.+ )?oldest(?: (?:ones?|papers?))? first",
            r"(?:show (?:me )?)?(?:the )?old(?:er|est)(?: (?:ones?|papers?))?",
        ),
    ),
    (
        "tongues",
        (r"(?:what|which|how many)(?: other)? languages? (?:do|can) you (?:speak|understand|know|talk)\??",),
    ),
    (
        "references",
        (
            r"(?:what|which)(?: papers| works)? (?:does|do|did) .+ (?:cite|reference)",
            r"(?:what are |list |show )?(?:its|the) (?:references|bibliography)",
        ),
    ),
    (
        "no list",
        (
            r"(?:the |go to |turn to |show )*(?:next|previous|last|first) page|(?:go to |show )?page \d\d?"
            r"|go back|back|next|previous|(?:newest|latest|most (?:cited|recent|novel)|best) first"
            r"|(?:show (?:me )?)?more(?: (?:results|papers|of them))?",
        ),
    ),
    ("vote", (r"(?:up)?vote(?: for)? .+",)),
    (
        "without category",
        (
            r"(?:(?:and|but) )?(?:exclude|without|except(?: for)?|leave out|not(?: in| from)?)"
            r"(?: (?:the |those |ones |papers )*(?:in|from|of))? [a-z]+(?:-[a-z]+)?\.[a-z]{2}(?:-[a-z]+)?",
        ),
    ),
)


def _spoken(language: str) -> tuple[str, ...]:
    """Return how one asks for a language, by its names."""
    return (
        r"(?:speak|talk|answer|reply|language|sprich|rede|antworte|sprache|switch|change)"
        r"(?: (?:to|with|mit) (?:me|mir))?(?: (?:the |your )?language)?(?: (?:in|auf|to))?"
        rf" (?:{language})(?: please| bitte)?|do you (?:speak|know|understand) (?:{language})",
        rf"(?:in |auf )?(?:{language}) (?:please|bitte)",
    )


_SMALL_WISHES = table_of(
    (HelpWanted(), _HELP),
    (StatusWanted(), _STATUS),
    (SetUpWanted(), _SETTING_UP),
    (Say("picks"), _PICKS),
    (PrivacyWanted(forget=True), _FORGET),
    (PrivacyWanted(), _PRIVACY),
    (Say("numbers"), _NUMBERS),
    (Say("arxiv"), _ARXIV),
    (Say("sources"), _SOURCES),
    (Say("people"), _BEST_PEOPLE),
    (Say("undo"), _UNDO),
    (Say("invite"), _INVITE),
    (Say("syntax"), _SYNTAX),
    (Say("whose bot"), _WHOSE_BOT),
    (Say("who is who"), _WHO_IS_WHO),
    (Say("wrong"), _WRONG),
    (Say("elsewhere"), _IN_OUR_CHANNEL),
    (Say("clear list"), _CLEAR),
    (Speak(GERMAN), _spoken("german|deutsch")),
    (Speak(ENGLISH), _spoken("english|englisch")),
    (ListFollowed(), _FOLLOWED),
    (
        Say("follow"),
        (
            r"(?:follow|watch|track|subscribe|notify|alert)(?: me)?(?: to| about)?"
            r"(?: it| this| that| them| both| someone| somebody| people| an? \w+)?",
        ),
    ),
    (
        Unfollow(None),
        (
            r"unfollow|unwatch|unsub(?:scribe)?|cancel|stop(?: it| that| this| these)?",
            r"(?:how (?:do|can) i )?(?:stop|cancel|end|unsubscribe(?: from)?) (?:this|these|it|them|all this)"
            r"(?: (?:messages|mails?|emails?|alerts|announcements))?",
            r"no more (?:messages|e ?mails?|papers|alerts|announcements|notifications)",
            r"(?:stop|quit|no more) (?:messaging|writing(?: to)?|pinging|bothering|spamming|notifying"
            r"|alerting|sending) (?:me|us)"
            r"(?: (?:(?:any|more|these|all|your|the) )*(?:messages|papers|announcements|notifications|alerts"
            r"|anything|stuff|things))?",
        ),
    ),
)
_NOT_YET = table_of(*((Say(what), forms) for what, forms in _PLANNED))


def read_small_wish(text: str, today: date) -> Wish | None:  # noqa: ARG001 - a Reader
    """Read wishes for help, status or what is followed, and verbs that lack their object."""
    return first_in(_SMALL_WISHES, " ".join(words(text)))


def read_planned(text: str, today: date) -> Wish | None:  # noqa: ARG001 - a Reader
    """Read a wish for what can't be done yet."""
    return first_in(_NOT_YET, text)
