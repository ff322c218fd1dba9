//! tar archives, from front to end.

use super::source::Source;
use super::unpack::Archive;
use crate::error::Result;

#[cfg(feature = "archives")]
pub(super) use streamed::{looks, open};

#[cfg(not(feature = "archives"))]
pub(super) fn looks(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar")
}

#[cfg(not(feature = "archives"))]
pub(super) fn open(source: &mut Source) -> Result<Box<dyn Archive>> {
    let kind = crate::error::ErrorKind::Unsupported;
    Err(source.error(kind, "a tar archive, and this kennzahl was built without the feature 'archives'"))
}

#[cfg(feature = "archives")]
mod streamed {
    use super::{Archive, Result, Source};
    use crate::error::{Error, ErrorKind};
    use crate::read::source::Bytes;
    use crate::read::unpack::Member;
    use std::io::{self, BufRead, Read};
    use std::sync::{Arc, Mutex, PoisonError};
    use tar::{EntryType, Header, PaxExtensions};

    const BLOCK: u64 = 512;

    /// Names longer than a header holds stand in front of it; longer ones than this are damage.
    const LONGEST_NAME: u64 = 1 << 20;

    pub(in crate::read) fn looks(head: &[u8]) -> bool {
        head.get(257..262) == Some(b"ustar") && header(head).is_some()
    }

    /// A header, where its sum is right.
    fn header(block: &[u8]) -> Option<Header> {
        let header = Header::from_byte_slice(block.get(..512)?).clone();
        let bytes = header.as_bytes();
        let sum = (0..).zip(bytes).map(|(i, b)| if (148..156).contains(&i) { 32 } else { u32::from(*b) }).sum::<u32>();
        (header.cksum().ok()? == sum).then_some(header)
    }

    pub(in crate::read) fn open(source: &mut Source) -> Result<Box<dyn Archive>> {
        if header(&source.head).is_none() && !source.head.iter().all(|b| *b == 0) {
            return Err(source.error(ErrorKind::Damaged, "no tar archive, or a damaged one"));
        }
        let bytes = std::mem::replace(&mut source.bytes, Box::new(io::empty()));
        let stream = Arc::new(Mutex::new(Stream { bytes, left: 0, padding: 0, cut: false }));
        Ok(Box::new(Tar { stream, members: 0, most: source.budget.limits.members, ended: false }))
    }

    /// The bytes of the archive, and how much of them belongs to the member in hand.
    struct Stream {
        bytes: Bytes,
        left: u64,
        padding: u64,
        /// Whether they ended, or failed, inside a member, which was told there.
        cut: bool,
    }

    impl Stream {
        fn begin(&mut self, size: u64) {
            (self.left, self.padding) = (size, size.next_multiple_of(BLOCK) - size);
        }

        /// Passes over what was not read of the member in hand.
        fn skip(&mut self) -> io::Result<()> {
            let all = self.left.saturating_add(self.padding);
            (self.left, self.padding) = (0, 0);
            let passed = io::copy(&mut (&mut self.bytes).take(all), &mut io::sink())?;
            if passed < all { Err(too_early()) } else { Ok(()) }
        }
    }

    fn too_early() -> io::Error {
        io::Error::new(io::ErrorKind::UnexpectedEof, "the archive ends too early")
    }

    /// A member's bytes.
    struct Entry(Arc<Mutex<Stream>>);

    impl Read for Entry {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let mut stream = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let most = buffer.len().min(usize::try_from(stream.left).unwrap_or(usize::MAX));
            if most == 0 {
                return Ok(0);
            }
            let read =
                stream.bytes.read(&mut buffer[..most]).and_then(|n| if n == 0 { Err(too_early()) } else { Ok(n) });
            match &read {
                Ok(n) => stream.left -= *n as u64,
                Err(_) => stream.cut = true,
            }
            read
        }
    }

    struct Tar {
        stream: Arc<Mutex<Stream>>,
        members: u64,
        most: u64,
        ended: bool,
    }

    impl Tar {
        /// The next file: its path, and what is wrong with it.
        fn header(&self) -> Result<Option<(String, Option<&'static str>)>> {
            let reading = |e: io::Error| Error::reading(&e);
            let damaged = |message: &str| Error::new(message).of(ErrorKind::Damaged);
            let mut stream = self.stream.lock().unwrap_or_else(PoisonError::into_inner);
            if stream.cut {
                return Ok(None);
            }
            stream.skip().map_err(reading)?;
            let (mut long, mut size_before) = (None, None);
            loop {
                let mut block = [0; BLOCK as usize];
                if stream.bytes.fill_buf().map_err(reading)?.is_empty() {
                    return Ok(None);
                }
                stream.bytes.read_exact(&mut block).map_err(|_| reading(too_early()))?;
                if block == [0; BLOCK as usize] {
                    // Two such blocks end an archive; what follows is padding.
                    return Ok(None);
                }
                let header =
                    header(&block).ok_or_else(|| damaged("a damaged header; what follows it cannot be found"))?;
                let kind = header.entry_type();
                let size = match size_before.take() {
                    Some(size) if !kind.is_pax_local_extensions() => size,
                    _ => {
                        header.entry_size().map_err(|_| damaged("a damaged header; what follows it cannot be found"))?
                    }
                };
                stream.begin(size);
                if kind.is_gnu_longname() || kind.is_pax_local_extensions() {
                    if size > LONGEST_NAME {
                        return Err(damaged("a name longer than any is"));
                    }
                    let mut bytes = Vec::new();
                    (&mut stream.bytes).take(size).read_to_end(&mut bytes).map_err(reading)?;
                    stream.left = size - bytes.len() as u64;
                    if kind.is_gnu_longname() {
                        long = Some(bytes.split(|b| *b == 0).next().unwrap_or_default().to_vec());
                    } else {
                        for field in PaxExtensions::new(&bytes).flatten() {
                            match field.key_bytes() {
                                b"path" => long = Some(field.value_bytes().to_vec()),
                                b"size" => size_before = field.value().ok().and_then(|v| v.parse().ok()),
                                _ => {}
                            }
                        }
                    }
                } else if kind.is_file() || kind == EntryType::Continuous || kind.is_gnu_sparse() {
                    let path = long.take().unwrap_or_else(|| header.path_bytes().into_owned());
                    let wrong =
                        kind.is_gnu_sparse().then_some("a sparse file, which is not read; pack it without --sparse");
                    return Ok(Some((crate::read::decode(path).0, wrong)));
                } else {
                    // Folders, links, devices, names of links.
                    if !kind.is_gnu_longlink() && !kind.is_pax_global_extensions() {
                        long = None;
                    }
                }
                stream.skip().map_err(reading)?;
            }
        }
    }

    impl Archive for Tar {
        fn next(&mut self) -> Option<std::result::Result<Member, (Option<String>, Error)>> {
            if self.ended {
                return None;
            }
            self.members += 1;
            if self.members > self.most {
                self.ended = true;
                let message = format!("more than {} members", self.most);
                return Some(Err((None, Error::new(message).of(ErrorKind::Limit))));
            }
            match self.header() {
                Ok(Some((path, None))) => Some(Ok(Member { path, bytes: Box::new(Entry(Arc::clone(&self.stream))) })),
                Ok(Some((path, Some(wrong)))) => Some(Err((Some(path), Error::new(wrong).of(ErrorKind::Unsupported)))),
                Ok(None) => {
                    self.ended = true;
                    None
                }
                Err(e) => {
                    self.ended = true;
                    Some(Err((None, e)))
                }
            }
        }
    }
}
