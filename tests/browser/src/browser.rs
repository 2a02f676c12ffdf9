//! The browsers, and the programs that drive them.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long a driver may take to be ready.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser that the page is tested in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    /// Chromium.
    Chromium,
    /// Firefox.
    Firefox,
    /// `WebKit`, in the small browser of `WebKitGTK`.
    WebKit,
}

impl Browser {
    /// The one that `CRV_BROWSER` names; without it, Chromium.
    pub fn chosen() -> Self {
        match env::var("CRV_BROWSER").as_deref() {
            Err(_) | Ok("chromium") => Self::Chromium,
            Ok("firefox") => Self::Firefox,
            Ok("webkit") => Self::WebKit,
            Ok(other) => panic!("CRV_BROWSER is {other}; the browsers are chromium, firefox and webkit"),
        }
    }

    /// Its name, as `CRV_BROWSER` has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// What is asked of a new browser, with folders for its profile and its downloads.
    pub(crate) fn capabilities(self, profile: &Path, downloads: &Path, languages: &str) -> Value {
        match self {
            Self::Chromium => {
                let mut arguments = vec![
                    "--headless=new".to_owned(),
                    "--disable-gpu".to_owned(),
                    "--disable-background-networking".to_owned(),
                    "--disable-component-update".to_owned(),
                    "--disable-sync".to_owned(),
                    "--no-first-run".to_owned(),
                    "--window-size=1280,1000".to_owned(),
                    "--force-color-profile=srgb".to_owned(),
                    "--force-prefers-reduced-motion".to_owned(),
                    format!("--user-data-dir={}", profile.display()),
                    format!("--accept-lang={languages}"),
                ];
                if is_root() {
                    arguments.push("--no-sandbox".to_owned());
                }
                json!({
                    "browserName": "chrome",
                    "goog:chromeOptions": {
                        "binary": program("CRV_CHROMIUM", "chromium"),
                        "args": arguments,
                        "prefs": {
                            "download.default_directory": downloads,
                            "download.prompt_for_download": false,
                            "intl.accept_languages": languages,
                        },
                        "perfLoggingPrefs": { "enableNetwork": true },
                    },
                    "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
                })
            }
            Self::Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": {
                    "binary": program("CRV_FIREFOX", "firefox-esr"),
                    "args": ["-headless", "--width=1280", "--height=1000"],
                    "prefs": {
                        "browser.download.dir": downloads,
                        "browser.download.folderList": 2,
                        "browser.download.useDownloadDir": true,
                        "browser.download.always_ask_before_handling_new_types": false,
                        "browser.helperApps.neverAsk.saveToDisk": "application/json",
                        "intl.accept_languages": languages,
                        "ui.prefersReducedMotion": 1,
                    },
                },
            }),
            Self::WebKit => json!({ "browserName": "MiniBrowser" }),
        }
    }
}

/// A program that drives a browser; both end with it.
#[derive(Debug)]
pub(crate) struct Driver {
    /// Where it listens.
    pub(crate) url: String,
    processes: Vec<Process>,
}

impl Driver {
    /// Starts the driver of this browser, for which `home` is its home folder.
    pub(crate) fn start(browser: Browser, home: &Path) -> Self {
        match browser {
            Browser::Chromium => Self::that_says_its_port(
                &program("CRV_CHROMEDRIVER", "chromedriver"),
                home,
                "successfully on port ",
            ),
            Browser::Firefox => Self::that_says_its_port(
                &program("CRV_GECKODRIVER", "geckodriver"),
                home,
                "Listening on 127.0.0.1:",
            ),
            Browser::WebKit => Self::webkit(home),
        }
    }

    fn that_says_its_port(program: &Path, home: &Path, before: &str) -> Self {
        let says_port = |line: &str| {
            let (_, rest) = line.split_once(before)?;
            rest.split(|c: char| !c.is_ascii_digit()).next()?.parse::<u16>().ok()
        };
        // A driver that chose a port of IPv4 wants the same of IPv6, and ends where that is taken.
        let (process, port) = (0..5)
            .find_map(|_| Process::start(command(program, home).arg("--port=0"), says_port))
            .unwrap_or_else(|| panic!("{} ends as soon as it is started", program.display()));
        Self { url: format!("http://127.0.0.1:{port}"), processes: vec![process] }
    }

    /// This driver neither chooses a port nor says when it is ready, and its browser needs a screen.
    fn webkit(home: &Path) -> Self {
        let screen = program("CRV_XVFB", "Xvfb");
        let (shown, display) = Process::start(
            command(&screen, home).args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1440x1200x24",
                "-nolisten",
                "tcp",
            ]),
            |line| line.trim().parse::<u32>().ok(),
        )
        .unwrap_or_else(|| panic!("{} ends as soon as it is started", screen.display()));
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let driver = program("CRV_WEBKIT_DRIVER", "WebKitWebDriver");
        let driver = Process(
            command(&driver, home)
                .arg(format!("--port={port}"))
                .env("DISPLAY", format!(":{display}"))
                .stdout(Stdio::null())
                .spawn()
                .unwrap_or_else(|error| panic!("cannot start {}: {error}", driver.display())),
        );
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            assert!(Instant::now() < deadline, "WebKitWebDriver does not listen");
            thread::sleep(Duration::from_millis(20));
        }
        // The browser goes before its screen.
        Self { url: format!("http://127.0.0.1:{port}"), processes: vec![driver, shown] }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        for process in &mut self.processes {
            process.end();
        }
    }
}

#[derive(Debug)]
struct Process(Child);

impl Process {
    /// Starts a program, and waits for a line that says something; `None` where it ends without one.
    fn start<T>(command: &mut Command, says: impl Fn(&str) -> Option<T>) -> Option<(Self, T)> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {name}: {error}"));
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut process = Self(child);
        let Some(said) = lines.by_ref().find_map(|line| says(&line)) else {
            process.end();
            return None;
        };
        // What else it says is read, lest it wait for a reader.
        thread::spawn(move || lines.for_each(drop));
        Some((process, said))
    }

    fn end(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn command(program: &Path, home: &Path) -> Command {
    let mut command = Command::new(program);
    // What a browser writes of its own accord stays in a folder that goes with the test.
    command.env("HOME", home).env("TMPDIR", home).env_remove("XDG_CONFIG_HOME").env_remove("XDG_CACHE_HOME");
    command.env_remove("XDG_DATA_HOME").stdin(Stdio::null()).stderr(Stdio::null());
    command
}

/// Where a program is, as the variable says, or else as the system finds it.
fn program(variable: &str, name: &str) -> PathBuf {
    env::var_os(variable).map_or_else(|| on_path(name), PathBuf::from)
}

/// Browsers want the whole path of a program.
fn on_path(name: &str) -> PathBuf {
    let paths = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&paths).map(|folder| folder.join(name)).find(|program| program.is_file());
    found.unwrap_or_else(|| PathBuf::from(name))
}

/// Chromium's sandbox refuses to work for root.
fn is_root() -> bool {
    fs::read_to_string("/proc/self/status").is_ok_and(|status| {
        status.lines().any(|line| {
            line.strip_prefix("Uid:").is_some_and(|ids| ids.split_whitespace().next() == Some("0"))
        })
    })
}
