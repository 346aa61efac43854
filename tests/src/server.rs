//! A server of a few files for a browser on this machine, which tells what came of it with a `POST`. It knows
//! nothing of files but their names and bytes, as the plainest of static servers.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// Serves files until it is closed.
pub struct Server {
    address: SocketAddr,
    told: Receiver<String>,
    closed: Arc<AtomicBool>,
}

impl Server {
    /// Serves these files, by their path without the slash; the type follows from the name's end. A path that ends
    /// with a slash, or is nothing else, is its `index.html`.
    ///
    /// # Panics
    /// If the machine has no free port.
    #[must_use]
    pub fn of(files: impl IntoIterator<Item = (impl Into<String>, Vec<u8>)>) -> Self {
        let files: HashMap<String, _> = files
            .into_iter()
            .map(|(name, bytes)| (name.into(), bytes))
            .collect();
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = listener.local_addr().expect("a bound port has an address");
        let (tell, told) = channel();
        let closed = Arc::new(AtomicBool::new(false));
        let over = Arc::clone(&closed);
        thread::spawn(move || {
            let streams = listener.incoming().flatten();
            for stream in streams.take_while(|_| !over.load(Ordering::Relaxed)) {
                // A browser that hangs up is no concern of the others.
                let _ = answer(stream, &files, &tell);
            }
        });
        Self {
            address,
            told,
            closed,
        }
    }

    /// From now on nobody is answered, as without a network.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
        // Who waits for a request has to be woken to see it.
        let _ = TcpStream::connect(self.address);
    }

    /// The address of a file.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// The body of the next `POST`.
    pub fn told(&self, within: Duration) -> Result<String, RecvTimeoutError> {
        self.told.recv_timeout(within)
    }
}

fn answer(stream: TcpStream, files: &HashMap<String, Vec<u8>>, tell: &Sender<String>) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut reader = BufReader::new(stream);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut length = 0;
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header)? == 0 || header.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let mut words = request.split(' ');
    let (method, path) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let mut name = path.trim_start_matches('/').to_owned();
    if name.is_empty() || name.ends_with('/') {
        name.push_str("index.html");
    }
    let file = files.get(&name);
    let (status, content): (_, &[u8]) = match (method, file) {
        ("POST", _) => {
            // Nobody may be waiting any more.
            let _ = tell.send(String::from_utf8_lossy(&body).into_owned());
            ("204 No Content", &[])
        }
        (_, Some(file)) => ("200 OK", file),
        (_, None) => ("404 Not Found", &[]),
    };
    let mut stream = reader.into_inner();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        kind(&name),
        content.len()
    )?;
    stream.write_all(content)
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html",
        Some("js" | "mjs") => "text/javascript",
        Some("json" | "webmanifest") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}
