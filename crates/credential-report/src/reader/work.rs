//! How much a reader has looked at: counted in tests alone, which tell by it how work grows.

/// A count of bytes.
#[derive(Debug, Default)]
pub(super) struct Work {
    #[cfg(test)]
    bytes: std::cell::Cell<u64>,
}

impl Work {
    #[inline(always)]
    #[cfg_attr(not(test), allow(unused_variables, clippy::unused_self))]
    pub(super) fn add(&self, bytes: usize) {
        #[cfg(test)]
        self.bytes.set(self.bytes.get() + bytes as u64);
    }

    #[cfg(test)]
    pub(super) fn bytes(&self) -> u64 {
        self.bytes.get()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Reader;
    use crate::time::Timestamp;

    const HEADER: &str = "user,arn,mfa_active\n";

    /// How many bytes are looked at to read a text in slices of such a size.
    fn work(text: &[u8], slice: usize) -> u64 {
        let mut reader = Reader::new(Timestamp::from_unix(0), None);
        for slice in text.chunks(slice) {
            if reader.feed(slice).is_err() {
                break;
            }
        }
        // There may be no row in it: that is no matter here.
        let _ = reader.finish_in_place();
        reader.work.bytes()
    }

    /// Texts of about so many bytes, each with much of one thing.
    fn hostile(bytes: usize) -> Vec<(&'static str, String)> {
        let times = |text: &str| text.repeat(bytes / text.len());
        let under_header = |text: String| format!("{HEADER}{text}\n");
        let arn = "arn:aws:iam::123456789012:user/";
        vec![
            ("commas behind an ARN", under_header(format!("x,{arn}y{}", times(",a")))),
            ("commas and ARNs", under_header(format!("x,{arn}y{}", times(",arn:/x")))),
            ("commas in a name", under_header(format!("{}x,{arn}{}x,true", times("x,"), times("x,")))),
            ("a name over and over", under_header(format!("x,{arn}{}", times("x/x,")))),
            ("commas alone", under_header(times(","))),
            ("line breaks in quotes", under_header(format!("x,\"{}\",true", times("\n")))),
            ("line breaks in quotes, CRLF", under_header(format!("x,\"{}\",true", times("\r\n")))),
            ("a quote that is not closed", under_header(format!("\"{}", times("x\n")))),
            ("quotes that are not closed", under_header(times("a\"b,\"c\n"))),
            ("quotes that close late", under_header(format!("{}\"", times("a\"b,\"c\n")))),
            ("quotes alone", under_header(times("\""))),
            ("quotes on lines", under_header(times("\"\n"))),
            ("quotes in lines of two", under_header(times("\"\",\"\n"))),
            ("names of columns", under_header(times("user,arn,mfa_active,"))),
            ("names of columns, with blanks", under_header(times("mfa_active user arn "))),
            ("names of columns behind rows", under_header(times("x,N/Auser,arn,mfa_active,y\n"))),
            ("headers", under_header(times("arn,mfa_active,user\nuser,arn\n"))),
            ("headers with other separators", under_header(times("user;arn\nuser,arn\nuser\tarn\n"))),
            ("rows without a header", times("x,arn:aws:iam::123456789012:user/x,N/A,true\n")),
            ("lines that may name a user", times("user arn\n")),
            ("lines before a header", format!("{}{HEADER}x,,true\n", times("user,x\n"))),
            ("headers behind text", times("x user,arn,y\n")),
            ("lines in quotes", times("\"user,arn\"\n")),
            ("names behind their ARNs", {
                format!("mfa_active,arn,user\n{}", times("true,arn:aws:iam::123456789012:user/a,b,a,b,c,d\n"))
            }),
            ("commas behind ARNs", format!("arn,user\n{arn}a{}\n", times(",a"))),
            ("surplus cells", format!("{HEADER}x,{arn}x,true{}\n", times(",true"))),
            ("a long line", under_header(times("x"))),
            ("carriage returns", under_header(times("\r"))),
            ("blank lines before the header", format!("{}{HEADER}", times("\n"))),
            (
                "a wide header",
                format!("user,{}mfa_active\n{}", "x,".repeat(bytes.min(60_000) / 2), times("x\n")),
            ),
            (
                "a wide row",
                under_header(format!("\"x\"{}\n{}", ",a".repeat(bytes.min(60_000) / 2), times("\"x\"\n"))),
            ),
        ]
    }

    #[test]
    fn rows_of_aws_and_of_spreadsheets_take_the_fast_path() {
        let arn = "arn:aws:iam::123456789012:user/x";
        let header = work(HEADER.as_bytes(), usize::MAX);
        for row in [
            format!("x,{arn},true\n"),
            format!("x,{arn},TRUE\n"),
            format!("x,{arn},False\r\n"),
            format!("\"x\",\"{arn}\",\"true\"\n"),
            format!("\"x\",{arn},\"FALSE\"\r\n"),
        ] {
            assert_eq!(work(format!("{HEADER}{}", row.repeat(9)).as_bytes(), usize::MAX), header, "{row}");
        }
        for row in [format!("\"x,y\",\"{arn},y\",\"true\"\n"), format!("\"x\",\"{arn}\",\"true\"x\n")] {
            assert!(work(format!("{HEADER}{row}").as_bytes(), usize::MAX) > header, "{row}");
        }
    }

    /// A row is at most 64 KiB long, so that what grows by the length of rows shows below that, what
    /// grows by their number above.
    #[test]
    fn no_text_is_looked_at_more_than_so_many_times() {
        for (bytes, slices) in
            [(4_000, vec![1, usize::MAX]), (30_000, vec![100]), (100_000, vec![usize::MAX])]
        {
            for (what, text) in hostile(bytes) {
                for slice in &slices {
                    let times = work(text.as_bytes(), *slice) / text.len() as u64;
                    assert!(times < 16, "{what}: {times} times {bytes} bytes, in slices of {slice}");
                }
            }
        }
    }
}
