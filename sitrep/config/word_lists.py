"""The word lists of a language, as config.yaml and the package give them."""

from __future__ import annotations

from sitrep.config.parts import ConfigPart


class Lexicon(ConfigPart, frozen=True, kw_only=True):
    """The words of one language by which authors are understood. Matched whole, case and diacritics folded.

    A list given in config.yaml is added to the package's list; ``replace: true`` takes its place.
    """

    replace: bool = False
    update_words: tuple[str, ...] = ()
    """Words that stand in a dateline beside the date: update, situation update, sitrep."""
    reported: tuple[str, ...] = ()
    """Marks of a report the author does not vouch for: allegedly, reportedly, it seems."""
    rumor: tuple[str, ...] = ()
    not_hedges: tuple[str, ...] = ()
    """Phrases that contain such a mark but hedge nothing: "no major clashes are reported"."""
    doubt: tuple[str, ...] = ()
    """Words that make doubt together, a line a kind (docs/languages.md): "not no nobody", "check verif~"."""
    verb_forms: tuple[str, ...] = ()
    """How verbs go, a line each: the form that is listed, then the others: "*ar *a *an ha_*ado" (``*`` the
    stem, ``_`` a blank). A verb with a final ``~`` in the lists of statements stands for all of them."""
    plural_nouns: tuple[str, ...] = ()
    """How nouns end of which there are several, so that one without article names nobody: farmers say."""
    plural_verbs: tuple[str, ...] = ()
    """The same told by the verb, where nouns do not tell: "ют", "ли"."""
    statement_verbs: tuple[str, ...] = ()
    statement_nouns: tuple[str, ...] = ()
    """With a final ``*`` the speaker follows: "according to *"."""
    not_statements: tuple[str, ...] = ()
    """Phrases with such a verb that state nothing: "claimed the lives", "was announced"."""
    directions: tuple[str, ...] = ()
    """Compass words; before a noun or place they describe, they do not sort."""
    glosses: tuple[str, ...] = ()
    """Phrases that explain an actor and sort nothing: before a name (backed by, proxy of) or, with a
    leading hyphen, after it (-backed, -made)."""
    at_words: tuple[str, ...] = ()
    """Words before a place where something happens: in, at, near."""
    toward_words: tuple[str, ...] = ()
    """Words before a place that is only a destination or a topic: towards, against."""
    from_words: tuple[str, ...] = ()
    past_words: tuple[str, ...] = ()
    day_words: tuple[str, ...] = ()
    """Openings of a look back: since, years after. A place named there weighs little."""
    place_nouns: tuple[str, ...] = ()
    """Words that stand between such a word and the name: the, city of, outskirts."""
    join_words: tuple[str, ...] = ()
    clause_words: tuple[str, ...] = ()
    """Words before which a title may end: what they open tells when, why, of whom, and takes nothing back."""
    adjunct_words: tuple[str, ...] = ()
    """Words before which it may end where nothing else is left, of a place, time or aim: in, from, for."""
    adjunct_bars: tuple[str, ...] = ()
    """Words after which it may not end so: what follows could turn the sense: not, that, until."""
    clause_idioms: tuple[str, ...] = ()
    """Phrases inside which a title does not end: one after the other, between * and."""
    predicates: tuple[str, ...] = ()
    """Verbs as sentences have them (is, took, says), or with a leading hyphen how they end (-ieron), with
    two where a participle ends so as well (--ed). Where a language has some, a title that ends early has
    one, unless the whole sentence has none."""
    predicate_bars: tuple[str, ...] = ()
    """Words with such an ending that are none: situated, armed."""
    relatives: tuple[str, ...] = ()
    """Words whose clause has a verb of its own: that, which, who; with a leading comma only after one."""
    complements: tuple[str, ...] = ()
    """Words before which a title does not end: what they open belongs to what came before: that, without."""
    conditions: tuple[str, ...] = ()
    """Words that open what a title may not leave out, however far off: if, unless, provided."""
    contrast_words: tuple[str, ...] = ()
    """Words after which a condition is none of what stands before them: but."""
    lead_ins: tuple[str, ...] = ()
    """Words that open what a title may leave out at the start of a sentence: after, because, although."""
    lead_in_bars: tuple[str, ...] = ()
    """Words that point to what came before, so that nothing is left out before them: they, its."""
    hedge_openings: tuple[str, ...] = ()
    """Hedges that open a sentence, with what leads on from them ("there are reports that", "allegedly,"): a
    title leaves them out where its label says as much."""
    endings: tuple[str, ...] = ()
    """How names end in a sentence, a line each: the ending as listed ("-" for none), then those in its place:
    "ка ки ці ку". One with ``~`` takes those of the line that begins with ``~``, of adjectives, as well."""
    beginnings: tuple[str, ...] = ()
    """What is written onto the next word: articles, prepositions; ``>`` parts it from what the word had."""
    elisions: tuple[str, ...] = ()
    """What is written onto the next word with an apostrophe: l, d, qu."""
    word_order: tuple[str, ...] = ()
    """``vso`` where the verb comes first, ``sov`` where it comes last; nothing otherwise."""
    subject_marks: tuple[str, ...] = ()
    """Words that close the subject of a sentence: は, ने."""
    links: tuple[str, ...] = ()
    """How a noun ends that what it is of follows ("-" for any), where the verb comes last: ی, ya."""
    spellings: tuple[str, ...] = ()
    """Groups of name parts that are one and the same, apart by blanks; "-" says the part may be missing."""
    anonymous: tuple[str, ...] = ()
    """Sources without a name: what they say is reported, not a statement."""
    officials: tuple[str, ...] = ()
    """Words for those who make statements without being named: the government, the ministry of. One with a
    leading ``~`` may end a longer word: ~ministerium."""
    not_names: tuple[str, ...] = ()
    """Words that open a sentence and are nobody's name: he, this, many."""
    theme_headings: tuple[str, ...] = ()
    """Words of headings that are about a place rather than from it: solidarity, reactions."""
    opinion_headings: tuple[str, ...] = ()
    """Evaluation, analysis, opinion: the authors' own view."""
    overview_headings: tuple[str, ...] = ()
    key_point_headings: tuple[str, ...] = ()
    """Whole headings above the author's own key points: key takeaways, what we know."""
    rumor_headings: tuple[str, ...] = ()
    """Phrases of headings that announce rumors: unconfirmed, what people say. They name the rumors front."""
    disclaimers: tuple[str, ...] = ()
    signoffs: tuple[str, ...] = ()
    outros: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    """Openings of a line that explains a correction: ``Correction:``."""
    boilerplate: tuple[str, ...] = ()
    """Lines left behind by a page the text was copied from: share buttons, "Select Page"."""
    confirmed: tuple[str, ...] = ()
    """How a line that settles a rumor opens, ``Confirmed: coup-damascus``; so with the next four."""
    refuted: tuple[str, ...] = ()
    not_borne_out: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()
    heard_again: tuple[str, ...] = ()
    of_words: tuple[str, ...] = ()
    """Words between an item's code and its date: R1 of 6 Dec."""
    diplomacy: tuple[str, ...] = ()
    """What states and world bodies do with words, not on the ground: talks, sanctions, called for."""
    whole_country: tuple[str, ...] = ()
    """Phrases that say that all of it is meant: nationwide, all over the country, in total."""
    all_over: tuple[str, ...] = ()
    """Words before the country's own name that mean all of it: across, all over."""
    crews: tuple[str, ...] = ()
    """Whom and what a power sends: soldiers, medics, trucks. What they do in a place is news of the place."""
    town_parts: tuple[str, ...] = ()
    """Words beside the name of a part of a town, which can be a place elsewhere as well: quarter, street."""
    national: tuple[str, ...] = ()
    """Bodies and matters of a whole country: parliament, central bank, martial law."""
    upheavals: tuple[str, ...] = ()
    """News so large that, unconfirmed, it is a rumor whatever place it names: coup, has fled, is dead."""
    events: tuple[str, ...] = ()
    """Words that name what happened: coup, ceasefire. They tell one rumor from another and name claims."""
    common: tuple[str, ...] = ()
    """Words too common to tell one rumor from another."""
