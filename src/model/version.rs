//! Which of two documents of one id is newer.

use super::Document;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, fmt::temporal::Pieces};

/// A version in a form that sorts: words, then numbers, then times; within each the higher is newer.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Version {
    /// What is neither number nor time sorts by its letters.
    Words(Box<str>),
    /// A number: what stands before the point, and nine digits behind it.
    Number(u64, u32),
    /// A time. With a zone it counts as the time in Berlin, where publication times stand without one.
    Time(DateTime),
}

impl Version {
    /// That of a document: its version, else its publication time, where that was given.
    pub fn of(doc: &Document) -> Option<Self> {
        let given = doc.published.as_deref().filter(|_| doc.published_from == Some("given"));
        doc.version.as_deref().or(given).map(Self::parse)
    }

    /// Reads a version.
    ///
    /// ```
    /// use kennzahl::model::Version;
    /// assert!(Version::parse("9") < Version::parse("10"));
    /// assert!(Version::parse("2026-01-28T22:17") < Version::parse("2026-01-28T21:18Z"));
    /// ```
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        number(text).or_else(|| time(text)).unwrap_or_else(|| Self::Words(text.into()))
    }

    /// As a text that sorts byte by byte in the same order.
    pub fn key(&self) -> String {
        match self {
            Self::Words(words) => format!("0{words}"),
            Self::Number(whole, fraction) => format!("1{whole:020}.{fraction:09}"),
            Self::Time(at) => format!("2{at:.9}"),
        }
    }
}

fn number(text: &str) -> Option<Version> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || fraction.len() > 9 {
        return None;
    }
    Some(Version::Number(whole.parse().ok()?, format!("{fraction:0<9}").parse().ok()?))
}

fn time(text: &str) -> Option<Version> {
    let pieces = Pieces::parse(text).ok()?;
    let civil = DateTime::from_parts(pieces.date(), pieces.time().unwrap_or_default());
    if pieces.offset().is_none() {
        return Some(Version::Time(civil));
    }
    let at: Timestamp = text.parse().ok()?;
    Some(Version::Time(at.to_zoned(TimeZone::get("Europe/Berlin").ok()?).datetime()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_as_versions_do() {
        let all = [
            "",
            "a",
            "b10",
            "b9",
            "0",
            "0.5",
            "3",
            "3.10",
            "3.2",
            "9",
            "10",
            "20260128",
            "18446744073709551615",
            "2025-12-31",
            "2026-01-28",
            "2026-01-28T22:17",
            "2026-01-28T21:17:30Z",
            "2026-01-28 22:18",
            "2026-01-28T22:18:00.5",
        ];
        for pair in all.windows(2) {
            let (a, b) = (Version::parse(pair[0]), Version::parse(pair[1]));
            assert!(a < b, "{pair:?}");
            assert!(a.key() < b.key(), "{} {}", a.key(), b.key());
        }
        assert_eq!(Version::parse("007"), Version::parse("7.0"));
        assert_eq!(Version::parse("2026-01-28T21:17Z"), Version::parse("2026-01-28T22:17"));
    }
}
