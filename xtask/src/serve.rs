//! Serves the built page to this machine.

use std::{
    fs,
    io::{BufRead, BufReader, ErrorKind, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, PoisonError, RwLock},
    thread,
    time::{Duration, SystemTime},
};

use anyhow::{Context, Result};

use crate::{build, project::Project};

/// The port that is taken if it is free and none was asked for.
const USUAL_PORT: u16 = 8080;

/// How the page is served.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Options {
    /// The port to listen at.
    pub(crate) port: Option<u16>,
    /// Whether to show the page in the browser.
    pub(crate) open: bool,
    /// Whether to build it again when its sources change.
    pub(crate) watch: bool,
}

/// The page as it was last built.
type Page = Arc<RwLock<Vec<u8>>>;

/// Builds the page and serves it until the task is ended.
pub(crate) fn page(project: &Project, options: &Options) -> Result<()> {
    // A port that cannot be had is better known before the build than after.
    let listener = listen(options.port)?;
    let address = format!("http://{}/", listener.local_addr()?);
    build::page(project)?;

    let page = Page::default();
    load(project, &page)?;
    println!("\nThe page is at {address}\nCtrl+C ends this.");
    if options.open {
        open(&address);
    }
    thread::scope(|scope| {
        if options.watch {
            scope.spawn(|| watch(project, &page));
        }
        for stream in listener.incoming() {
            let page = Arc::clone(&page);
            thread::spawn(move || {
                // A browser that has gone away is no concern of the others.
                stream.and_then(|stream| answer(stream, &page)).ok();
            });
        }
    });
    Ok(())
}

/// Listens to this machine alone.
fn listen(port: Option<u16>) -> Result<TcpListener> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    match port {
        Some(port) => bind(port).with_context(|| format!("cannot listen at port {port}")),
        None => bind(USUAL_PORT).or_else(|_| bind(0)).context("cannot listen at any port"),
    }
}

fn load(project: &Project, page: &Page) -> Result<()> {
    let path = project.page();
    let built = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    *page.write().unwrap_or_else(PoisonError::into_inner) = built;
    Ok(())
}

fn answer(mut stream: TcpStream, page: &Page) -> std::io::Result<()> {
    // Browsers open connections that they may never use.
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut head = BufReader::new((&stream).take(16 * 1024)).lines();
    let request = head.next().unwrap_or(Err(ErrorKind::UnexpectedEof.into()))?;
    for line in head {
        if line?.is_empty() {
            break;
        }
    }

    let (status, kind, body) = match target(&request) {
        Some("/" | "/index.html") => (
            "200 OK",
            "text/html; charset=utf-8",
            page.read().unwrap_or_else(PoisonError::into_inner).clone(),
        ),
        Some(_) => ("404 Not Found", "text/plain; charset=utf-8", b"There is only the page.\n".to_vec()),
        None => {
            ("405 Method Not Allowed", "text/plain; charset=utf-8", b"The page can only be read.\n".to_vec())
        }
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\n\
         Content-Type: {kind}\r\n\
         Content-Length: {}\r\n\
         Cache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\n\
         Connection: close\r\n\
         \r\n",
        body.len(),
    )?;
    if !request.starts_with("HEAD ") {
        stream.write_all(&body)?;
    }
    stream.flush()
}

/// The path that a request line asks to read.
fn target(request: &str) -> Option<&str> {
    let (method, rest) = request.split_once(' ')?;
    let (target, _) = rest.split_once(' ')?;
    let path = target.split_once('?').map_or(target, |(path, _)| path);
    matches!(method, "GET" | "HEAD").then_some(path)
}

/// Shows the page in the browser that the system prefers.
fn open(address: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    if let Err(error) = Command::new(program).args(arguments).arg(address).spawn() {
        println!("Cannot open a browser ({program}: {error}); please open the address yourself.");
    }
}

/// Builds the page again whenever its sources change.
fn watch(project: &Project, page: &Page) {
    let sources = ["src", "style", "index.html", "Cargo.toml", "xtask/src"];
    let newest = || sources.iter().filter_map(|path| changed(&project.path(path))).max();
    let mut built = newest();
    loop {
        thread::sleep(Duration::from_millis(500));
        let now = newest();
        if now == built {
            continue;
        }
        built = now;
        match build::page(project).and_then(|()| load(project, page)) {
            Ok(()) => println!("The page is new; reload it."),
            Err(error) => println!("{error:#}\nThe page is still the former one."),
        }
    }
}

/// When something at or under this path was last changed.
fn changed(path: &Path) -> Option<SystemTime> {
    let metadata = fs::metadata(path).ok()?;
    let own = metadata.modified().ok();
    if !metadata.is_dir() {
        return own;
    }
    let entries: Vec<PathBuf> =
        fs::read_dir(path).ok()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    entries.iter().filter_map(|path| changed(path)).chain(own).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(request: &str) -> Result<String> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let page = Page::new(RwLock::new(b"the page".to_vec()));
        let server = thread::spawn(move || answer(listener.accept()?.0, &page));
        let mut stream = TcpStream::connect(address)?;
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        server.join().map_err(|_| anyhow::anyhow!("the server panicked"))??;
        Ok(answer)
    }

    #[test]
    fn the_page_is_all_there_is() -> Result<()> {
        let page = ask("GET /?x HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
        assert!(page.starts_with("HTTP/1.1 200 "), "{page}");
        assert!(page.ends_with("\r\n\r\nthe page"), "{page}");
        let head = ask("HEAD / HTTP/1.1\r\n\r\n")?;
        assert!(head.ends_with("\r\n\r\n"), "{head}");
        assert!(ask("GET /../Cargo.toml HTTP/1.1\r\n\r\n")?.starts_with("HTTP/1.1 404 "));
        assert!(ask("POST / HTTP/1.1\r\n\r\n")?.starts_with("HTTP/1.1 405 "));
        Ok(())
    }

    #[test]
    fn a_port_is_for_this_machine_alone() -> Result<()> {
        assert!(listen(None)?.local_addr()?.ip().is_loopback());
        Ok(())
    }
}
