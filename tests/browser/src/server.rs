//! A server on the loopback that hands out the page and remembers every request.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;

/// It lives as long as the process.
#[derive(Debug, Clone)]
pub struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Serves this page under `/`, and nothing else.
    pub fn start(page: PathBuf) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let server = Self { address: listener.local_addr().unwrap(), requests: Arc::default() };
        let requests = server.requests.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (page, requests) = (page.clone(), requests.clone());
                // A browser opens connections ahead, and lets them wait.
                thread::spawn(move || answer(stream, &page, &requests));
            }
        });
        server
    }

    /// An address under it.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// The first lines of all requests so far: `GET / HTTP/1.1`. A connection over which nothing
    /// came is one too, and empty.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

fn answer(mut stream: TcpStream, page: &PathBuf, requests: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut first = String::new();
    if reader.read_line(&mut first).is_err() || first.is_empty() {
        return;
    }
    requests.lock().unwrap().push(first.trim().to_owned());
    let mut line = String::new();
    while reader.read_line(&mut line).is_ok_and(|length| length > 2) {
        line.clear();
    }
    let (status, body) = match first.split(' ').nth(1).map(|path| path.split('?').next()) {
        Some(Some("/")) => ("200 OK", std::fs::read(page).unwrap()),
        _ => ("404 Not Found", Vec::new()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // The browser may have gone in the meantime.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
}
