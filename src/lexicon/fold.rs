//! The key by which a word is looked up: without case, umlauts spelled out, ß as ss, no soft hyphens.

/// The longest key that the lexicon looks up, in bytes. Longer words are compounds.
pub const MAX_KEY: usize = 64;

/// Folds a word into `key` (emptied first): *FÜNFZIG*, *fünfzig*, *fu¨nfzig* and *fuenfzig* have one key.
///
/// Stops at `limit` bytes and then returns false.
pub fn fold(word: &str, key: &mut Vec<u8>, limit: usize) -> bool {
    key.clear();
    let bytes = word.as_bytes();
    // Umlauts take as many bytes as what stands for them, so that nearly no key is longer than its word.
    key.reserve(bytes.len());
    if bytes.len() <= limit && bytes.is_ascii() {
        key.extend_from_slice(bytes);
        key.make_ascii_lowercase();
        return true;
    }
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        if key.len() >= limit {
            return false;
        }
        if b < 0x80 {
            key.push(b.to_ascii_lowercase());
            at += 1;
            continue;
        }
        // ä ö ü ß in two bytes each: all that most words need.
        let pair: &[u8] = match (b, bytes.get(at + 1)) {
            (0xc3, Some(0xa4 | 0x84)) => b"ae",
            (0xc3, Some(0xb6 | 0x96)) => b"oe",
            (0xc3, Some(0xbc | 0x9c)) => b"ue",
            (0xc3, Some(0x9f)) => b"ss",
            _ => b"",
        };
        if pair.is_empty() {
            let c = word[at..].chars().next().unwrap_or_default();
            fold_char(c, key);
            at += c.len_utf8().max(1);
        } else {
            key.extend_from_slice(pair);
            at += 2;
        }
    }
    true
}

/// A character that is neither ASCII nor an umlaut.
fn fold_char(c: char, key: &mut Vec<u8>) {
    match c {
        'ẞ' => key.extend(b"ss"),
        '\u{308}' => {
            if matches!(key.last(), Some(b'a' | b'o' | b'u')) {
                key.push(b'e');
            }
        }
        // Other accents do not tell German words apart: Cafe, Café.
        'á' | 'â' | 'ã' | 'å' | 'À' | 'Á' | 'Â' | 'Å' => key.push(b'a'),
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' => key.push(b'e'),
        'ì' | 'í' | 'î' | 'ï' => key.push(b'i'),
        'ò' | 'ó' | 'ô' | 'õ' => key.push(b'o'),
        'ù' | 'ú' | 'û' => key.push(b'u'),
        'ç' | 'Ç' => key.push(b'c'),
        'ñ' | 'Ñ' => key.push(b'n'),
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
        _ => {
            let mut bytes = [0; 4];
            for l in c.to_lowercase() {
                key.extend(l.encode_utf8(&mut bytes).as_bytes());
            }
        }
    }
}

/// The key of a word, as a new string.
pub fn folded(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut key = Vec::new();
    fold(word, &mut key, usize::MAX);
    String::from_utf8(key).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_share_a_key() {
        for word in ["fünfzig", "FÜNFZIG", "fu\u{308}nfzig", "fuenfzig", "fünf\u{ad}zig"] {
            assert_eq!(folded(word), "fuenfzig");
        }
        assert_eq!(folded("dreißig"), folded("dreissig"));
        assert_eq!(folded("µm"), "µm");
    }
}
