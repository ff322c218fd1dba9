//! What is found: quantities, and numerals that are none.

use super::{Decimal, Span};

named! {
    /// The ten types of quantities.
    QuantityType {
        /// An amount of a currency.
        Money = "money",
        /// Per cent, percentage points, basis points.
        Percent = "percent",
        /// A physical or index unit.
        Measure = "measure",
        /// A number of things.
        Count = "count",
        /// Somebody's or something's age.
        Age = "age",
        /// A rank or position in a series.
        Ordinal = "ordinal",
        /// Part of a whole.
        Fraction = "fraction",
        /// A factor.
        Multiple = "multiple",
        /// A result.
        Score = "score",
        /// A numeral with nothing counted.
        Number = "number",
    }
}

named! {
    /// How a hedge qualifies its number.
    Approx {
        /// rund, etwa, circa
        About = "about",
        /// knapp, fast, nahezu
        JustBelow = "just_below",
        /// gut, etwas mehr als
        JustAbove = "just_above",
        /// über, mehr als
        Above = "above",
        /// unter, weniger als
        Below = "below",
        /// mindestens, ab
        AtLeast = "at_least",
        /// höchstens, bis zu
        AtMost = "at_most",
        /// no exact number is given
        Vague = "vague",
    }
}

named! {
    /// Why a numeral is no quantity.
    Reason {
        /// Part of a date, time or duration.
        Time = "time",
        /// Part of a law reference.
        Law = "law",
        /// A telephone or fax number.
        Phone = "phone",
        /// A postcode, house number or other part of an address.
        Address = "address",
        /// A road, a line or a train.
        Road = "road",
        /// A product, a model or another name with a number in it.
        Product = "product",
        /// The name of an index or of a set (Dax 40, G7, Top 10).
        Index = "index",
        /// A club, a league or an event with a number in its name.
        Name = "name",
        /// A version.
        Version = "version",
        /// The number of an item of a list.
        List = "list",
        /// A page, a picture, a part.
        Page = "page",
        /// An account, an ISBN, a file number: identifies, does not count.
        Identifier = "identifier",
        /// Part of a web or mail address.
        Url = "url",
        /// A phrase in which the number word does not count.
        Idiom = "idiom",
        /// More digits than a record can hold.
        Range = "range",
    }
}

/// The number of a quantity.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Amount {
    /// One exact number.
    Value(Decimal),
    /// Two ends, or, of a vague amount, the scale it names and perhaps an end.
    Range {
        /// The lower end.
        low: Decimal,
        /// The upper end.
        high: Option<Decimal>,
    },
    /// What is no decimal: `1/3`.
    Ratio {
        /// Above the line.
        num: i128,
        /// Below the line, positive.
        den: i128,
    },
    /// A result: `2:1`.
    Score(u64, u64),
}

/// What a quantity is measured in: a place in the lexicon's list of units.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
pub struct UnitId(pub u16);

/// What a rate is taken over.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Per {
    /// A unit of the lexicon: *je Liter*.
    Unit(UnitId),
    /// A noun of the text: *je Aktie*.
    Noun(Span),
}

/// A quantity of the text.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Quantity {
    /// From the first numeral to the last word of the unit.
    pub span: Span,
    /// The sentence, counted from 0.
    pub sentence: u32,
    /// Which of the ten.
    pub kind: QuantityType,
    /// How much.
    pub amount: Amount,
    /// Of what unit.
    pub unit: Option<UnitId>,
    /// Over what it is a rate.
    pub per: Option<Per>,
    /// The counted noun.
    pub noun: Option<Span>,
    /// What the hedge says.
    pub approx: Option<Approx>,
    /// The hedge itself.
    pub hedge: Option<Span>,
    /// The unit says more than the text (a plain *Dollar* taken as USD).
    pub assumed: bool,
    /// The name of the rule that made it.
    pub rule: &'static str,
}

/// A numeral that is no quantity, and why.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// The numeral.
    pub span: Span,
    /// The sentence, counted from 0.
    pub sentence: u32,
    /// Why it is none.
    pub reason: Reason,
    /// The name of the rule that decided.
    pub rule: &'static str,
}
