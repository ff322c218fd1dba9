//! Rows in the binary format of PostgreSQL's COPY.

use crate::emit::columns::{Cells, TABLES};
use crate::model::Decimal;
use jiff::civil::{DateTime, datetime};

/// What a stream of rows begins with: the signature, no flags, no extension.
pub(super) const HEAD: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
/// What it ends with.
pub(super) const TAIL: &[u8] = &[0xff, 0xff];

/// From which times count there.
const EPOCH: DateTime = datetime(2000, 1, 1, 0, 0, 0, 0);

pub(super) struct Writer<'b> {
    tables: &'b mut [Vec<u8>; TABLES.len()],
    table: usize,
}

impl<'b> Writer<'b> {
    pub(super) fn new(tables: &'b mut [Vec<u8>; TABLES.len()]) -> Self {
        Self { tables, table: 0 }
    }
}

/// One value behind its length; none is the length -1.
pub(super) fn value(out: &mut Vec<u8>, bytes: Option<&[u8]>) {
    let length = bytes.map_or(-1, |b| b.len() as i32);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(bytes.unwrap_or_default());
}

/// A text. PostgreSQL has no U+0000: it becomes U+FFFD.
pub(super) fn text(out: &mut Vec<u8>, text: Option<&str>) {
    match text {
        Some(text) if text.contains('\0') => value(out, Some(text.replace('\0', "\u{fffd}").as_bytes())),
        text => value(out, text.map(str::as_bytes)),
    }
}

/// A JSON object as `jsonb` has it: the version of its format, then the text. It knows no U+0000 and holds no number of any
/// size: the one becomes U+FFFD, the other a string.
fn jsonb(out: &mut Vec<u8>, json: Option<&str>) {
    let Some(json) = json else { return value(out, None) };
    let (mut safe, mut rest) = (Vec::with_capacity(json.len() + 1), json.as_bytes());
    safe.push(1);
    let mut quoted = false;
    while let [first, ..] = rest {
        let (length, put): (usize, &[u8]) = match first {
            b'\\' if rest.starts_with(b"\\u0000") => (6, b"\\ufffd"),
            b'\\' => (2, &rest[..2.min(rest.len())]),
            b'"' => {
                quoted = !quoted;
                (1, b"\"")
            }
            b'-' | b'0'..=b'9' if !quoted => {
                let end = |b: &u8| !matches!(b, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
                let number = &rest[..rest.iter().position(end).unwrap_or(rest.len())];
                let exponent = number.iter().position(|b| matches!(b, b'e' | b'E')).map_or(0, |at| number.len() - at);
                // Digits and zeros in thousands: more than numbers have that anybody counts with.
                if exponent > 5 || number.len() > 1000 {
                    safe.push(b'"');
                    safe.extend_from_slice(number);
                    (number.len(), b"\"")
                } else {
                    (number.len(), number)
                }
            }
            _ => (1, &rest[..1]),
        };
        safe.extend_from_slice(put);
        rest = &rest[length.min(rest.len())..];
    }
    value(out, Some(&safe));
}

impl Cells for Writer<'_> {
    fn begin(&mut self, table: usize) {
        self.table = table;
        let columns = TABLES[table].columns.len() as u16;
        self.tables[table].extend_from_slice(&columns.to_be_bytes());
    }

    fn text(&mut self, value: Option<impl AsRef<str>>) {
        text(&mut self.tables[self.table], value.as_ref().map(AsRef::as_ref));
    }

    fn integer(&mut self, n: Option<i64>) {
        value(&mut self.tables[self.table], n.map(i64::to_be_bytes).as_ref().map(<[u8; 8]>::as_slice));
    }

    fn decimal(&mut self, n: Option<Decimal>) {
        let out = &mut self.tables[self.table];
        match n {
            None => value(out, None),
            Some(n) => numeric(out, n),
        }
    }

    fn moment(&mut self, at: Option<DateTime>) {
        // Years 1 to 9999 are few enough microseconds.
        self.integer(at.map(|at| at.duration_since(EPOCH).as_micros() as i64));
    }

    fn flag(&mut self, flag: Option<bool>) {
        value(&mut self.tables[self.table], flag.map(|flag| [u8::from(flag)]).as_ref().map(<[u8; 1]>::as_slice));
    }

    fn json(&mut self, json: Option<&str>) {
        jsonb(&mut self.tables[self.table], json);
    }

    fn end(&mut self) {}
}

/// A decimal: digits to the base of 10,000, the power of the first, the sign, the digits to show behind the point.
fn numeric(out: &mut Vec<u8>, n: Decimal) {
    let (digits, exp) = n.parts();
    let mut rest = digits.unsigned_abs();
    let lowest = exp.div_euclid(4);
    let shift = exp.rem_euclid(4) as u32;
    let mut groups = [0u16; 16];
    let mut count = 0;
    // The last group ends between two powers of 10,000: it is filled up with zeros.
    let mut base = 10u128.pow(4 - shift);
    let mut factor = 10u16.pow(shift);
    while rest > 0 {
        groups[count] = (rest % base) as u16 * factor;
        count += 1;
        rest /= base;
        (base, factor) = (10_000, 1);
    }
    let weight = if count == 0 { 0 } else { lowest + count as i16 - 1 };
    let sign: u16 = if n.is_negative() { 0x4000 } else { 0 };
    out.extend_from_slice(&(8 + 2 * count as i32).to_be_bytes());
    out.extend_from_slice(&(count as i16).to_be_bytes());
    out.extend_from_slice(&weight.to_be_bytes());
    out.extend_from_slice(&sign.to_be_bytes());
    out.extend_from_slice(&(-exp).max(0).to_be_bytes());
    for group in groups[..count].iter().rev() {
        out.extend_from_slice(&group.to_be_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Digits, weight, sign and scale of a decimal.
    fn parts(n: Decimal) -> (Vec<u16>, i16, u16, u16) {
        let mut out = Vec::new();
        numeric(&mut out, n);
        assert_eq!(i32::from_be_bytes(out[..4].try_into().unwrap()) as usize, out.len() - 4);
        let words: Vec<u16> = out[4..].chunks(2).map(|b| u16::from_be_bytes([b[0], b[1]])).collect();
        assert_eq!(words[0] as usize, words.len() - 4);
        (words[4..].to_vec(), words[1] as i16, words[2], words[3])
    }

    #[test]
    fn json_that_postgres_takes() {
        let safe = |json: &str| {
            let mut out = Vec::new();
            jsonb(&mut out, Some(json));
            assert_eq!((i32::from_be_bytes(out[..4].try_into().unwrap()) as usize, out[4]), (out.len() - 4, 1));
            String::from_utf8(out.split_off(5)).unwrap()
        };
        for same in [r#"{"a":[1,-2.5e10,true],"b c":"1e99999 \\u0000 \" \\"}"#, "{}"] {
            assert_eq!(safe(same), same);
        }
        assert_eq!(safe(r#"{"a":1e99999,"\u0000":"\\\u0000ä"}"#), r#"{"a":"1e99999","\ufffd":"\\\ufffdä"}"#);
        let long = "9".repeat(1001);
        assert_eq!(safe(&format!("[{long}]")), format!("[\"{long}\"]"));
    }

    #[test]
    fn decimals_as_postgres_has_them() {
        assert_eq!(parts(Decimal::from_int(0)), (vec![], 0, 0, 0));
        assert_eq!(parts(Decimal::from_int(1)), (vec![1], 0, 0, 0));
        assert_eq!(parts(Decimal::from_int(12_345_678)), (vec![1234, 5678], 1, 0, 0));
        assert_eq!(parts(Decimal::new(5, 8)), (vec![5], 2, 0, 0));
        assert_eq!(parts(Decimal::new(599, 8)), (vec![599], 2, 0, 0));
        assert_eq!(parts(Decimal::new(-25, -2)), (vec![2500], -1, 0x4000, 2));
        assert_eq!(parts(Decimal::new(123_456, -3)), (vec![123, 4560], 0, 0, 3));
        assert_eq!(parts(Decimal::new(5, -9)), (vec![5000], -3, 0, 9));
        let most = Decimal::parse("99999999999999999999999999999.999999999").unwrap();
        assert_eq!(parts(most).0.len(), 11);
    }
}
