//! Publication times → civil time, as the readers of the paper have it.

use crate::error::{Error, Result};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, fmt::temporal::Pieces};

/// A publication time as civil time. Without a zone it stands as it is; with `Z` or an offset it is converted to `zone`.
///
/// ```
/// use kennzahl::read::civil;
/// assert_eq!(civil("2026-01-28T21:17Z", "Europe/Berlin").unwrap(), "2026-01-28T22:17");
/// assert_eq!(civil("2026-01-28", "Europe/Berlin").unwrap(), "2026-01-28");
/// ```
///
/// # Errors
/// What is no ISO date or date-time; an unknown zone.
pub fn civil(text: &str, zone: &str) -> Result<String> {
    let wrong = || Error::new(format!("'{text}' is no ISO date or date-time such as 2026-01-28 or 2026-01-28T22:17"));
    let text = text.trim();
    // "2026-01-28T22:17+0100" as feeds write it, and a blank for the T.
    let pieces = Pieces::parse(text).map_err(|_| wrong())?;
    let Some(time) = pieces.time() else {
        return text.parse::<Date>().map(|d| d.to_string()).map_err(|_| wrong());
    };
    let civil = DateTime::from_parts(pieces.date(), time);
    let civil = match pieces.offset() {
        None => civil,
        Some(_) => {
            let at: Timestamp = text.parse().map_err(|_| wrong())?;
            at.to_zoned(zone_of(zone)?).datetime()
        }
    };
    let seconds = if civil.second() == 0 { String::new() } else { format!(":{:02}", civil.second()) };
    Ok(format!("{}T{:02}:{:02}{seconds}", civil.date(), civil.hour(), civil.minute()))
}

fn zone_of(zone: &str) -> Result<TimeZone> {
    TimeZone::get(zone).map_err(|_| Error::new(format!("unknown time zone '{zone}'; write one such as Europe/Vienna")))
}

/// Whether there is such a zone.
pub(super) fn check_zone(zone: &str) -> Result<()> {
    zone_of(zone).map(|_| ())
}

/// A time with a zone in UTC: `2026-01-28T21:17:00Z`; none for all else. Two of them compare as their letters do.
pub(super) fn instant(text: &str) -> Option<String> {
    let pieces = Pieces::parse(text.trim()).ok()?;
    pieces.offset()?;
    let at: Timestamp = text.trim().parse().ok()?;
    Some(at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}
