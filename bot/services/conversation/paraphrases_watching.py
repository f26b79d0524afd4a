"""Other ways of saying what is to be followed, how often, and what no longer."""

from __future__ import annotations

_WATCHES = r"(?:watch(?:es)?|watch ?list|alerts?|notifications?|subscriptions?|feeds?|follows?)"
_DIGEST = r"(?:digests?|summar(?:y|ies)|reports?|newsletters?|updates?)"
_RHYTHM = r"(?:daily|weekly|every \w+|each \w+|once a \w+)"

WATCHED = (
    (
        rf"(?:(?:set ?up|create|make|add|start|have) )?an? (?:new )?{_WATCHES}"
        r" (?:for|on|about|of|to) (.+)",
        r"follow \1",
    ),
    (
        r"(?:follow|watch|monitor|track) ([a-z-]+\.[a-z-]+) (?:for|about|on|mentioning)"
        r" (?!(?:\w+days?|me|us|now|a|an|the)\b)(?:(?:new )?papers )?(?:on |about |mentioning )?(.+)",
        r"follow papers on \2 in \1",
    ),
    (r"announcements? (?:of|about|for|on) (.+)", r"follow \1"),
    (r"(?:an? )?(?:e-?mail|message|note|ping) (?:when|whenever|if|as soon as) (.+)", r"notify me when \1"),
    (rf"add (.+) to (?:my|our|the) {_WATCHES}", r"follow \1"),
    (
        rf"(?:remind|update|notify|alert|tell|ping|e-?mail) (?:me|us) ({_RHYTHM})"
        r" (?:about|on|of|with|for) (.+)",
        r"follow \2 \1",
    ),
    (
        rf"(?:an? |the |my )?(daily|weekly) {_DIGEST}( at \S+)? (?:of|on|for|about|with|from) (.+)",
        r"follow \3 \1\2",
    ),
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
        r"(?:remove|delete|cancel|end|stop|drop|turn off|disable) (?:my|our|the) (?!daily|weekly)(\S.*?)"
        rf" {_WATCHES}",
        r"unfollow \1",
    ),
    (rf"(?:limit|restrict|make|change|set|edit|adjust) (?:my|our|the) .*{_WATCHES}\b.*", "following"),
    (rf"how many {_WATCHES} (?:do|have) (?:i|we)(?: have| got)?", "following"),
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
        r"(?:daily|weekly)(?: digests?)?"
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
