"""Sentences that ask the same in other words, and what they ask."""

from __future__ import annotations

import time
from datetime import date

import pytest

from bot.services.conversation.paraphrases import paraphrased
from bot.services.conversation.sentences import parse_sentence

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Could you pull up Emma Strubell's profile for me?", "Emma Strubell's profile"),
        ("Do you have a profile for Emma Strubell?", "who is Emma Strubell"),
        ("Give me a summary of Emma Strubell's career", "who is Emma Strubell"),
        ("I need info on Emma Strubell", "Emma Strubell"),
        ("What field does Emma Strubell work in?", "who is Emma Strubell"),
        ("Where is Emma Strubell affiliated?", "who is Emma Strubell"),
        ("How productive is Emma Strubell?", "how many papers has Emma Strubell written"),
        ("How many papers has Emma Strubell written in total?", "how many papers has Emma Strubell written"),
        ("How often has 2306.05949 been cited?", "2306.05949"),
        ("Who are Emma Strubell's most frequent collaborators?", "coauthors of Emma Strubell"),
        ("show the co-author network of Emma Strubell", "coauthors of Emma Strubell"),
        ("Which of Luccioni's papers has the most citations?", "most cited papers by Luccioni"),
        ("Emma Strubell's latest work", "newest papers by Emma Strubell"),
        ("newest three papers by Yann LeCun", "newest papers by Yann LeCun"),
        ("papers where Emma Strubell is an author", "papers by Emma Strubell"),
        ("papers that Emma Strubell co-authored", "papers by Emma Strubell"),
        (
            "papers written by Emma Strubell and published in 2020",
            "papers by Emma Strubell in 2020",
        ),
        (
            "Has Emma Strubell ever collaborated with Sasha Luccioni?",
            "papers by Emma Strubell and Sasha Luccioni",
        ),
        ("articles de Yann LeCun", "papers by Yann LeCun"),
        ("publications récentes de Yann LeCun", "papers by Yann LeCun"),
        ("papers sobre robots", "papers on robots"),
        (
            "i was wondering if you could find me a couple of recent papers on robots because i have a talk",
            "recent papers on robots",
        ),
        ("anything by sergey levine on that", "anything by sergey levine"),
        ('a paper with "dangers" in the title', 'search for ti:"dangers"'),
        ("what does cs.CL mean?", "new in cs.CL"),
        ("send me an email whenever Emma Strubell publishes", "follow Emma Strubell"),
        ('let me know when someone publishes on "green AI"', 'follow the topic "green AI"'),
        ("We'd like to get a weekly email with new robotics papers for our group", "follow cs.RO weekly"),
        ("no I meant Emma Strubell", "Emma Strubell"),
        ("how does Emma Strubell compare to Yann LeCun", "compare Emma Strubell and Yann LeCun"),
        ("what have I bookmarked so far?", "my reading list"),
        ("the oldest first", "older ones"),
        ("first paper of Emma Strubell", "oldest first"),
        ("what's Emma Strubell's email?", "who is Emma Strubell"),
        ("tell me about Sasha Luccioni's research on carbon", "papers by Sasha Luccioni about carbon"),
        ("does Sasha Luccioni work on climate?", "papers by Sasha Luccioni about climate"),
        ("when did Sasha Luccioni start publishing?", "who is Sasha Luccioni"),
        ("is Emma Strubell still at CMU?", "who is Emma Strubell"),
        ('papers with "green AI" in the abstract', 'search for abs:"green AI"'),
        ("weekly digest", "following"),
        ("what's up", "hello"),
        (
            "papers by Emma Strubell or Sasha Luccioni since 2020",
            'search for au:"Emma Strubell" OR au:"Sasha Luccioni" since 2020, newest first',
        ),
        ("Hello! I'm new here. What should I do first?", "help"),
        ("yes that one", "the first one"),
        ("Open the third", "the third"),
        ("Remove the first one", "save it"),
        ("Anything similar?", "similar papers"),
        ("What papers does 2306.05949 cite?", "its references"),
        (
            "Which papers on robot grasping appeared in 2019 with code?",
            "papers on robot grasping in 2019 with code",
        ),
        ("Notify me when a new paper on protein folding appears", "follow the topic protein folding"),
        ("What else has Emma Strubell written?", "papers by Emma Strubell"),
        ("monday mornings at 9 would be good", "every friday"),
        (
            "what has been published on federated learning this year?",
            "papers on federated learning this year",
        ),
        ("recent advances in federated learning", "newest papers on federated learning"),
        ("where can I read about federated learning", "papers on federated learning"),
        ("has anyone written about bees?", "papers on bees"),
        ("survey papers about bees", "papers on survey bees"),
        ("open source code for federated learning", "papers on federated learning with code"),
        ("novel papers in cs.LG", "most novel papers in cs.LG"),
        (
            'preprints on "error correction" with code published after March 2024',
            'papers on "error correction" with code after March 2024',
        ),
        ("today's arXiv listing for cs.CL", "new in cs.CL today"),
        ("what did I miss while I was away", "what's new this week"),
        ("what did I miss in cs.CL?", "what's new in cs.CL"),
        ("catch me up on cs.CL", "what's new in cs.CL"),
        ("what's hot in machine learning right now", "trending in cs.LG"),
        ("what's hot this week in NLP", "trending in cs.CL"),
        ("trending papers in computer vision this month", "trending in cs.CV this month"),
        ("top 10 papers of the month in cs.CL", "top papers of the month in cs.CL"),
        ("papers close to 2306.05949", "similar to 2306.05949"),
        ("recommend papers based on 2306.05949", "similar to 2306.05949"),
        ("what should I read after 2306.05949?", "similar to 2306.05949"),
        ("export 2306.05949 as RIS", "cite 2306.05949 as RIS"),
        ("I'd like to keep an eye on Emma Strubell", "follow Emma Strubell"),
        ("monitor new submissions in cs.CL", "follow cs.CL"),
        ("Create a watch for cs.CL", "follow cs.CL"),
        ("add Emma Strubell to my watches", "follow Emma Strubell"),
        ("Start following cs.LG please", "follow cs.LG"),
        ("Let me know as soon as Sasha Luccioni publishes", "follow Sasha Luccioni"),
        ("I want to get notified when Emma Strubell publishes something", "follow Emma Strubell"),
        ("Ping me whenever something on RLHF shows up", "follow the topic RLHF"),
        ("email me new papers on RLHF", "follow the topic RLHF"),
        ("send me a digest of cs.CL every Monday at 9am", "follow cs.CL every Monday at 9am"),
        ("remove Emma Strubell from my watches", "unfollow Emma Strubell"),
        ("delete my watch on cs.CL", "unfollow cs.CL"),
        ("stop all notifications", "stop messaging me"),
        ("cancel all my subscriptions", "stop messaging me"),
        ("show my watches", "following"),
        ("am I subscribed to cs.CL?", "following"),
        ("switch to a daily digest", "following"),
        ("only send me papers with a score above 70", "following"),
        ("every weekday at 8", "digest at 8"),
        ("set the digest for 8 in the morning", "digest at 8"),
        ("deliver my digest at 7 in the evening", "digest at 19"),
        ("not between 10pm and 7am", "quiet hours 22-7"),
        ("what is the difference between novelty and forecast?", "explain the numbers"),
        ("why is its novelty so low?", "explain the numbers"),
    ],
)
def test_same_in_other_words_is_the_same_wish(said: str, meant: str) -> None:
    assert parse_sentence(said, TODAY) == parse_sentence(meant, TODAY)


@pytest.mark.parametrize(
    "title",
    [
        "Did the model cheat? An alert for evaluation",
        "Collaborative filtering with implicit feedback",
        "Where to go next",
        "What does BERT look at?",
        "A summary of the LHC results",
        "Do language models work well with long contexts",
        "Do transformers work with little data?",
        "Does attention work on graphs?",
        "women's work in science",
        "Recent Advances in Deep Learning: An Overview",
        "Implementation of quantum error correction",
    ],
)
def test_title_stays_as_it_is(title: str) -> None:
    assert paraphrased(title) == title


@pytest.mark.parametrize("word", ["a ", "'s ", "has a and ", "why is ", "how many ", "papers that "])
def test_repeated_words_end_soon(word: str) -> None:
    started = time.process_time()
    paraphrased(word * (600 // len(word)))
    assert time.process_time() - started < 0.1
