package org.qsmnode.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes received files durable many at a time. One thread writes the files that all associations
 * hand over one behind the other into a segment, and forces it once for all of them.
 *
 * <p>The file itself is written to its own place without being forced. A second thread forces the
 * files of segments that are full or old, and then clears the segments. What a crash left in
 * segments is restored before the first new record.
 */
final class ReceiptJournal implements Closeable {

  /** Largest file that is worth writing twice; a larger one is forced by itself. */
  static final int LARGEST_FILE = 1 << 20;

  /**
   * Time after which a segment is cleared although it has room. A record must end long before its
   * file is old enough to be deleted by retention, or a restart would bring the file back.
   */
  private static final Duration LONGEST_USE = Duration.ofSeconds(5);

  /** 256 MiB: two seconds of receipt at full speed while the disk forces files. */
  private static final int MOST_SEGMENTS = 16;

  private static final Request END = new Request("", ByteBuffer.allocate(0), new Receipt());
  private static final Logger LOG = LoggerFactory.getLogger(ReceiptJournal.class);

  private final Path folder;
  private final FileForcing files;
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private final BlockingQueue<JournalSegment> sealed = new LinkedBlockingQueue<>();
  private final BlockingQueue<JournalSegment> free = new LinkedBlockingQueue<>();
  private final Thread writer = daemon(this::write, "receipt-journal");
  private final ExecutorService recycler =
      Executors.newSingleThreadExecutor(task -> daemon(task, "receipt-journal-files"));
  private int segments;
  private @Nullable JournalSegment current;
  private long currentSince;
  private boolean closed;
  private boolean writerEnded;

  private record Request(String path, ByteBuffer file, Receipt receipt) {}

  /** What becomes of one file that was handed over. */
  static final class Receipt {

    private final CompletableFuture<Boolean> forced = new CompletableFuture<>();
    private volatile @Nullable JournalSegment segment;

    /** Waits for the journal; false when the file is not in it and has to be forced by itself. */
    boolean awaitForced() {
      return forced.join();
    }

    /** The file has its name, or never will; called once, after {@link #awaitForced}. */
    void named() {
      JournalSegment holder = segment;
      if (holder != null) {
        holder.named();
      }
    }
  }

  /** Puts a file of the journal back where it is missing or incomplete. */
  @FunctionalInterface
  interface Restoring {
    void restore(String path, ByteBuffer file) throws IOException;
  }

  private ReceiptJournal(Path folder, FileForcing files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * Opens a journal.
   *
   * @param folder of this node alone
   * @param restoring takes each file that a crash left in the journal
   */
  static ReceiptJournal open(Path folder, FileForcing files, Restoring restoring)
      throws IOException {
    ReceiptJournal journal = new ReceiptJournal(folder, files);
    Files.createDirectories(folder);
    journal.replay(restoring);
    journal.writer.start();
    return journal;
  }

  private void replay(Restoring restoring) throws IOException {
    List<Path> left;
    try (Stream<Path> listed = Files.list(folder)) {
      left = listed.sorted().toList();
    }
    for (Path file : left) {
      JournalSegment segment = JournalSegment.open(file);
      segments++;
      for (JournalSegment.Entry entry : segment.read()) {
        restoring.restore(entry.path(), entry.file());
      }
      files.force(segment.paths());
      segment.clear();
      free.add(segment);
    }
  }

  /** Hands a file over; afterwards {@link Receipt#awaitForced} and {@link Receipt#named}. */
  Receipt append(String path, ByteBuffer file) {
    Receipt receipt = new Receipt();
    synchronized (requests) {
      if (closed || writerEnded || !JournalSegment.takes(path, file)) {
        receipt.forced.complete(false);
      } else {
        requests.add(new Request(path, file, receipt));
      }
    }
    return receipt;
  }

  private void write() {
    List<Request> group = new ArrayList<>();
    try {
      while (!group.contains(END)) {
        group.clear();
        Request first = requests.poll(LONGEST_USE.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
          group.add(first);
          requests.drainTo(group);
          write(group);
        }
        if (System.nanoTime() - currentSince > LONGEST_USE.toNanos()) {
          seal();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      refuse(group);
    }
    seal();
  }

  /** Nobody waits for a writer that has ended: what it has not forced is forced by itself. */
  private void refuse(List<Request> unfinished) {
    synchronized (requests) {
      writerEnded = true;
      requests.drainTo(unfinished);
    }
    unfinished.forEach(request -> request.receipt().forced.complete(false));
  }

  /** Writes the files of a group and forces them together. */
  private void write(List<Request> group) {
    List<Receipt> written = new ArrayList<>(group.size());
    for (Request request : group) {
      if (request == END) {
        continue;
      }
      int bytes = JournalSegment.recordBytes(request.path(), request.file().remaining());
      if (current != null && !current.hasRoom(bytes)) {
        force(written);
        seal();
      }
      try {
        JournalSegment segment = current == null ? next() : current;
        if (segment == null) {
          request.receipt().forced.complete(false);
          continue;
        }
        segment.append(request.path(), request.file());
        request.receipt().segment = segment;
        written.add(request.receipt());
      } catch (IOException e) {
        LOG.error("the receipt journal cannot be written; files are forced one by one", e);
        request.receipt().forced.complete(false);
        force(written);
        seal();
      }
    }
    force(written);
  }

  private void force(List<Receipt> written) {
    boolean forced = false;
    try {
      if (current != null && !written.isEmpty()) {
        current.force();
        forced = true;
      }
    } catch (IOException e) {
      LOG.error("the receipt journal cannot be forced; files are forced one by one", e);
    }
    for (Receipt receipt : written) {
      receipt.forced.complete(forced);
    }
    written.clear();
  }

  /** The segment for what comes; null while all wait for the disk. */
  private @Nullable JournalSegment next() throws IOException {
    JournalSegment segment = free.poll();
    if (segment == null && segments < MOST_SEGMENTS) {
      segment = JournalSegment.open(folder.resolve("%02d.segment".formatted(segments)));
      segment.clear();
      segments++;
    }
    current = segment;
    currentSince = System.nanoTime();
    return segment;
  }

  private void seal() {
    if (current != null) {
      sealed.add(current);
      current = null;
      recycler.execute(this::recycle);
    }
  }

  /** Forces the files of all sealed segments, and clears these. */
  private void recycle() {
    List<JournalSegment> ready = new ArrayList<>();
    sealed.drainTo(ready);
    Set<String> paths = new TreeSet<>();
    for (JournalSegment segment : ready) {
      segment.awaitNames();
      paths.addAll(segment.paths());
    }
    try {
      files.force(paths);
      for (JournalSegment segment : ready) {
        segment.clear();
        free.add(segment);
      }
    } catch (IOException e) {
      LOG.error("received files cannot be forced; they stay in the journal until a restart", e);
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Forces everything and leaves the journal empty. */
  @Override
  public void close() throws IOException {
    synchronized (requests) {
      if (closed) {
        return;
      }
      closed = true;
      requests.add(END);
    }
    try {
      writer.join();
      recycler.shutdown();
      while (!recycler.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("received files are still being forced to the disk");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (JournalSegment segment : free) {
      segment.close();
    }
  }
}
