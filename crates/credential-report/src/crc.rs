//! The check sum of the files in a ZIP file, CRC-32.
//!
//! Libraries keep its tables in the program: sixteen kilobytes that no compression makes smaller, a
//! fiftieth of the page. Here they are worked out, in a few microseconds.

/// A check sum under way: of eight bytes at a time.
#[derive(Debug)]
pub(crate) struct Crc {
    tables: Box<[[u32; 256]; 8]>,
    sum: u32,
}

impl Crc {
    pub(crate) fn new() -> Self {
        let mut tables = Box::new([[0_u32; 256]; 8]);
        for (byte, entry) in (0..).zip(&mut tables[0]) {
            *entry = (0..8).fold(byte, |sum, _| if sum & 1 == 0 { sum >> 1 } else { sum >> 1 ^ 0xedb8_8320 });
        }
        for table in 1..8 {
            for byte in 0..256 {
                let before = tables[table - 1][byte];
                tables[table][byte] = before >> 8 ^ tables[0][before as usize & 0xff];
            }
        }
        Self { tables, sum: !0 }
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        let tables = &self.tables;
        let mut sum = self.sum;
        let (eights, rest) = bytes.as_chunks::<8>();
        for &[a, b, c, d, e, f, g, h] in eights {
            let [a, b, c, d] = (u32::from_le_bytes([a, b, c, d]) ^ sum).to_le_bytes();
            sum = tables[7][a as usize]
                ^ tables[6][b as usize]
                ^ tables[5][c as usize]
                ^ tables[4][d as usize]
                ^ tables[3][e as usize]
                ^ tables[2][f as usize]
                ^ tables[1][g as usize]
                ^ tables[0][h as usize];
        }
        for byte in rest {
            sum = sum >> 8 ^ tables[0][(sum as u8 ^ byte) as usize];
        }
        self.sum = sum;
    }

    pub(crate) fn sum(&self) -> u32 {
        !self.sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_that_of_the_library_wherever_it_is_cut() {
        let bytes: Vec<u8> = (0..1000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for cut in [0, 1, 7, 8, 9, 500, 993, 1000] {
            let (mut ours, mut theirs) = (Crc::new(), flate2::Crc::new());
            ours.update(&bytes[..cut]);
            ours.update(&bytes[cut..]);
            theirs.update(&bytes);
            assert_eq!(ours.sum(), theirs.sum(), "{cut}");
        }
        assert_eq!(Crc::new().sum(), 0);
    }
}
