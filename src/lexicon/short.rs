//! Keys of up to fifteen bytes as one number, so that nearly every word is looked up without a loop over its letters.

/// A key: its bytes, zeros behind them, its length on top.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
pub(crate) struct Short(u128);

impl Short {
    /// The longest short key, in bytes.
    pub(crate) const MAX: usize = 15;

    /// The key, if it is short.
    pub(crate) fn of(key: &[u8]) -> Option<Self> {
        if key.len() > Self::MAX {
            return None;
        }
        let mut bytes = [0; 16];
        bytes[..key.len()].copy_from_slice(key);
        bytes[Self::MAX] = key.len() as u8;
        Some(Self(u128::from_le_bytes(bytes)))
    }

    /// The folded key of the ASCII word that takes the first `len` of these bytes; letters and apostrophes only.
    pub(crate) fn of_ascii(bytes: [u8; 16], len: usize) -> Self {
        debug_assert!(len <= Self::MAX);
        const SMALL: u128 = u128::from_le_bytes([0x20; 16]);
        let mask = (1u128 << (8 * len)) - 1;
        Self((u128::from_le_bytes(bytes) | SMALL) & mask | (len as u128) << 120)
    }

    /// Spreads the key over 64 bits.
    pub(crate) fn hash(self) -> u64 {
        let (low, high) = (self.0 as u64, (self.0 >> 64) as u64);
        let product = u128::from(low ^ 0x9e37_79b9_7f4a_7c15) * u128::from(high ^ 0xe703_7ed1_a0b4_28db);
        product as u64 ^ (product >> 64) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_to_a_key_agree() {
        let text = *b"Milliarden Dolla";
        assert_eq!(Some(Short::of_ascii(text, 10)), Short::of(b"milliarden"));
        assert_eq!(Some(Short::of_ascii(*b"Geht's so, ja?..", 6)), Short::of(b"geht's"));
        assert_eq!(Short::of(b"sechzehn letters"), None);
        assert_ne!(Short::of(b"a"), Short::of(b"a\0"));
    }
}
