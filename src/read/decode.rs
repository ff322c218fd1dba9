//! Bytes of unknown encoding → text.

use super::Options;
use super::format::Format;
use super::source::{Source, peeked};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use encoding_rs_io::DecodeReaderBytesBuilder;
use std::io::{self, Read};

/// The text of some bytes, and the name of the encoding they were converted from; none where they were UTF-8.
///
/// UTF-8 stays as it is, without its byte-order mark. UTF-16 is known by its mark, or by the zero bytes between its
/// letters. Of other bytes, those that are UTF-8 but for some broken places keep what is whole (`utf-8`, with U+FFFD in
/// the broken places); the rest is Windows-1252, which German texts before UTF-8 were in, and which Latin-1 is part of.
///
/// ```
/// use kennzahl::read::decode;
/// assert_eq!(decode(b"5 \x80 f\xfcr Tee".to_vec()), ("5 € für Tee".to_owned(), Some("windows-1252")));
/// assert_eq!(decode("\u{feff}für".into()), ("für".to_owned(), None));
/// ```
pub fn decode(bytes: Vec<u8>) -> (String, Option<&'static str>) {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        if encoding == encoding_rs::UTF_8 {
            return utf8(bytes[mark..].to_vec());
        }
        return converted(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = utf16(&bytes) {
        return converted(encoding, &bytes);
    }
    utf8(bytes)
}

/// The format of a source, and the source as that format reads it: UTF-16 in UTF-8 where it asks for that, and without
/// a byte-order mark.
pub(super) fn converted_for(mut source: Source, options: &Options) -> (Source, &'static Format) {
    let encoding = match Encoding::for_bom(&source.head) {
        Some((e, mark)) if e == encoding_rs::UTF_8 => {
            // The mark is in memory already.
            let _ = source.bytes.read_exact(&mut [0; 3]);
            source.head.drain(..mark);
            None
        }
        Some((e, _)) => Some(e),
        None => utf16(&source.head),
    };
    let Some(encoding) = encoding else {
        let format = Format::of(source.suffix(), &source.head, options);
        return (source, format);
    };
    let head = encoding.decode(&source.head).0.into_owned().into_bytes();
    let format = Format::of(source.suffix(), &head, options);
    if !format.utf8 {
        return (source, format);
    }
    let bytes = std::mem::replace(&mut source.bytes, Box::new(io::empty()));
    let text = DecodeReaderBytesBuilder::new().encoding(Some(encoding)).build(bytes);
    source.encoding = Some(name(encoding));
    // Memory holds the first bytes already; a failure will come again as they are read.
    match peeked(Box::new(text), 32 << 10) {
        Ok((head, bytes)) => (source.head, source.bytes) = (head, bytes),
        Err(_) => source.head = head,
    }
    (source, format)
}

fn utf8(bytes: Vec<u8>) -> (String, Option<&'static str>) {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, None),
        Err(e) => e.into_bytes(),
    };
    // Broken places against whole characters of two bytes and more: one bad byte makes no text Windows-1252.
    let (mut broken, mut whole) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if whole > broken {
        return (String::from_utf8_lossy(&bytes).into_owned(), Some("utf-8"));
    }
    converted(WINDOWS_1252, &bytes)
}

fn converted(encoding: &'static Encoding, bytes: &[u8]) -> (String, Option<&'static str>) {
    (encoding.decode_without_bom_handling(bytes).0.into_owned(), Some(name(encoding)))
}

fn name(encoding: &'static Encoding) -> &'static str {
    match encoding {
        e if e == UTF_16LE => "utf-16le",
        e if e == UTF_16BE => "utf-16be",
        _ => "windows-1252",
    }
}

/// UTF-16 without a mark: in German nearly every second byte is zero, always on the same side.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512) & !1];
    if head.len() < 4 {
        return None;
    }
    let zeros = |side: usize| head.iter().skip(side).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    match () {
        () if odd * 10 >= pairs * 7 && even * 10 <= pairs => Some(UTF_16LE),
        () if even * 10 >= pairs * 7 && odd * 10 <= pairs => Some(UTF_16BE),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_of_german_texts() {
        let text = "Der Gewinn stieg um 5 € – für „viele“ überraschend.";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [b"\xff\xfe".to_vec(), le.clone()].concat();
        assert_eq!(decode(le), (text.to_owned(), Some("utf-16le")));
        assert_eq!(decode(be), (text.to_owned(), Some("utf-16be")));
        assert_eq!(decode(marked), (text.to_owned(), Some("utf-16le")));
        let (w, ..) = WINDOWS_1252.encode(text);
        assert_eq!(decode(w.into_owned()), (text.to_owned(), Some("windows-1252")));
        let mut broken = text.as_bytes().to_vec();
        broken.insert(3, 0xff);
        assert_eq!(decode(broken).1, Some("utf-8"));
        assert_eq!(decode(Vec::new()), (String::new(), None));
        assert_eq!(decode(vec![0xff]).0, "ÿ");
    }
}
