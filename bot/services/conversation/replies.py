"""What is answered in words alone: courtesies, and what can't be done or is done elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.papers import Paper
from bot.services.conversation.last_answers import Talk
from bot.services.conversation.phrases import A_CHANNEL
from bot.text.markdown import clip, plain
from bot.words import _, counted, marked

_SHOWN = 120

REPLIES = {
    "greeting": marked("Hello! Send me an author's name, a paper's title or an arXiv link, or *help*."),
    "thanks": marked("You're welcome."),
    "bye": marked("Goodbye!"),
    "chat": marked(
        "Whenever you like: send me an author's name, a paper's title or an arXiv link, or *help*."
    ),
    "follow": marked(
        'Follow whom or what? For instance *follow Sasha Luccioni*, *follow cs.CY* or *follow "green AI"*.'
    ),
    "one by one": marked("One at a time, please: *follow Sasha Luccioni*, then *also Emma Strubell*."),
    "one paper": marked("One paper at a time, please: *save 2306.05949*, then the next."),
    "syntax": marked(
        'Words are all wanted; `"green AI"` in a row, `-survey` not, `energ*` with any ending. `OR`, '
        "`AND`, `NOT` and parentheses combine; `ti:`, `abs:` and `au:` look in titles, abstracts and "
        "names alone: *search ti:energy au:strubell*."
    ),
    "whose bot": marked(
        "Hoopoe is free software and costs nothing. Whoever added me here, or their group, runs me; "
        "`/privacy` says what I keep of you."
    ),
    "who is who": marked(
        "Papers are told apart by OpenAlex and ORCID where these know them, else by co-authors, fields, "
        "institutions and titles. Where several people bear a name I ask which, and remember your choice. "
        "What is wrong or missing at arXiv or OpenAlex is corrected there, and reaches me by itself."
    ),
    "invite": marked(
        "Open my profile and press **Add App**: it takes me to a server where you have Manage Server, or "
        "to your own account, for commands anywhere. Then `/watch category` posts new papers in a channel."
    ),
    "wrong": marked(
        "Sorry. A whole title or an arXiv id names one paper, a full name or an ORCID iD one person; where "
        "several bear a name I ask which."
    ),
    "one reference": marked(
        "One reference at a time, please: a title, or *Strubell et al. 2019*. Of several links or arXiv ids "
        "in a message I show the first five papers."
    ),
    "one category": marked("One category at a time, please: *new in cs.CL*, *follow cs.CL*."),
    "compare": marked("Compare whom? Two to four people: *compare Sasha Luccioni and Emma Strubell*."),
    "which paper": marked(
        "Which paper? Send its title or arXiv id; after a list, *save the second one* or *cite the first*."
    ),
    "references": marked(
        "I don't know what a paper cites: the PDF behind its card's link says so. *similar to* with its "
        "title or id lists the papers nearest in wording."
    ),
    "citing": marked(
        "I can't list citing papers. A paper's card says how often it is cited, and *follow citations of* "
        "with its title or id tells you of new ones."
    ),
    "discuss": marked(
        "Discussions are opened in servers: *Discuss* below a paper's card or announcement makes a thread "
        "for it."
    ),
    "picks": marked(
        "In a server, `/settings picks:monday` posts the most voted papers of its reading list every "
        "Monday; `picks_channel` and `picks_hour` say where and when. `/library vote` gives a vote."
    ),
    "numbers": marked(
        "**Novelty**: how far a paper's wording is from earlier work, a percentile of its field and month.\n"
        "**Forecast**, for papers under a year: where their citations are expected to stand there.\n"
        "**Impact**, afterwards: where they do stand.\n"
        "**AI Score**: the mean Impact of an author's papers; 50 is the typical author of those fields.\n"
        "**h-index**: h papers are cited h times or more. **i10-index**: so many have ten or more.\n"
        "None measures quality. *About these numbers* on a card explains that very paper's or author's."
    ),
    "arxiv": marked(
        "arXiv (arxiv.org) is an open archive of preprints: papers as their authors post them, mostly before "
        "a journal has reviewed them, in physics, mathematics, computer science, biology, economics and "
        "other fields. *new in cs.CL* lists what was announced there lately."
    ),
    "sources": marked(
        "Papers come from arXiv: new ones in the categories that are followed here, others when somebody "
        "looks for them. Citations and authors' profiles come from OpenAlex and, where they are set up, from "
        "Semantic Scholar and Scholar Feed. I search titles, abstracts and names; I read no full texts, "
        "write no summaries and answer no questions about what a paper says. *status* says how many papers I "
        "know and when I last looked for new ones."
    ),
    "without category": marked(
        "I can't leave a category out of a list. *only in cs.CL* keeps one, and *without the ones about "
        "robots* leaves out what has these words."
    ),
    "without subject": marked(
        "Only a search can leave something out: say what the papers are to be about as well, "
        "*papers on robots but not drones*."
    ),
    "people": marked(
        "I don't rank people. *trending in cs.CY* lists papers that are expected to be cited most, "
        "*most cited papers in cs.CY* those that are, and *compare A and B* puts people side by side."
    ),
    "language": marked(
        "From now on I answer your direct messages in English. Commands are answered in your Discord's "
        "language, and after one of them so are your messages."
    ),
    "oldest": marked(
        "Lists begin with the newest, the best match or the most cited, never with the oldest; "
        "*before 2010* or *in 1998* brings older papers."
    ),
    "tongues": marked(
        "I read English and German: *papers on robots*, *new in cs.CL*, *follow Sasha Luccioni*. Names, "
        "titles and arXiv ids are understood in any language."
    ),
    "undo": marked(
        "I can't step back by myself. *unfollow* and a name ends what is followed, *remove* and a title "
        "*from my list* what is saved, *resume* a pause; the buttons below my answers do the same."
    ),
    "clear list": marked(
        "I take papers off one by one: *my reading list* shows them, and *remove* and a title *from my list* "
        "takes that one off."
    ),
    "elsewhere": marked(
        "What is asked for here comes to your direct messages. For a channel, type `/watch author`, "
        "`category`, `topic`, `similar` or `citations` in its server, with `channel`."
    ),
    "export": marked(
        "I export your reading list (*export my list as RIS*) and all papers of an author (*cite papers by "
        "Sasha Luccioni as RIS*). *save the second one* puts a paper on your list."
    ),
    "no list": marked(
        "There is no list to turn the pages of. *new in cs.CL* or *papers on energy* makes one; then "
        "*more* turns the page."
    ),
    "whose": marked("Whose? Send names: *papers by Sasha Luccioni*, *papers by A and B*."),
    "days": marked(
        "I keep no days free: quiet hours are those of every day. arXiv announces nothing on Friday and "
        "Saturday evenings, so weekends bring little. *follow cs.CL weekly* gathers a week's papers for "
        "Monday, and *pause everything* holds all back until *resume everything*."
    ),
    "weekly day": marked(
        "Weekly digests come on Mondays, and another day can't be chosen: *follow cs.CL weekly* gathers a "
        "week's papers, *digest at 9* sets the hour."
    ),
    "nothing now": marked(
        "All goes on as it is. *what's new today* lists what came, *status* says whether all runs, and "
        "*pause everything* holds all back until *resume everything*."
    ),
    "vote": marked(
        "Votes are for a server's reading list: `/library vote` there, or **Vote** below a saved paper. "
        "Your own list has none."
    ),
}


def between_hours(hour: int) -> str:
    """Return that digests come on the hour."""
    return _("Digests come on the hour: write *digest at {hour}* or *digest at {next}*.").format(
        hour=hour % 24, next=(hour + 1) % 24
    )


def beyond(shown: int, has_more: bool) -> str:
    """Return that a list's page has no such place."""
    if has_more:
        return _("That list shows {count} papers here; *more* turns the page.").format(count=shown)
    return counted(shown, "That list shows {count} paper here.", "That list shows {count} papers here.")


def none_is_first(papers: Sequence[Paper]) -> str:
    """Return that no paper of a list comes first: it has none, or nothing is known to order them by."""
    if not papers:
        return beyond(0, has_more=False)
    return _(
        "How often the papers of that list are cited is not known here. *the newest one* or *the second one* "
        "opens one of them."
    )


def in_a_channel(talk: Talk, channel: str) -> str:
    """Return how the last watch is had in a channel."""
    is_named = channel.startswith("#") and channel != A_CHANNEL
    command = f"{talk.elsewhere} channel:{channel}" if is_named else talk.elsewhere
    return _(
        "What is asked for here comes here. Type `{command}` in the channel's server, and *unfollow {name}* "
        "here to end this one."
    ).format(command=clip(command.replace("`", "'"), _SHOWN), name=plain(clip(talk.watched, _SHOWN)))
