package org.dcm4che3.net;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.net.pdu.AAbort;
import org.dcm4che3.net.pdu.AAssociateRJ;

/**
 * Reads PDUs from a socket and offers the data set of the message being received as a stream.
 *
 * <p>One buffer per association takes whatever the socket has; P-DATA goes from it to the consumer
 * without being collected, so memory does not depend on the length of an object. Used by one
 * thread.
 */
final class PDUReader extends PDVInputStream {

  private static final int INITIAL_BUFFER = 4096;
  private static final int MIN_BUFFER = 1 << 14;
  private static final int MAX_BUFFER = 1 << 18;
  private static final int MAX_ASSOCIATE_LENGTH = 1 << 20;
  private static final int MAX_COMMAND_LENGTH = 1 << 16;
  private static final int FIXED_BODY_LENGTH = 4;

  private final UpperLayer upper;
  private final InputStream in;
  private byte[] buf = new byte[INITIAL_BUFFER];
  private int pos;
  private int end;
  private int maxPDULength = Integer.MAX_VALUE;

  private int pduLeft;
  private int pdvLeft;
  private int pcid;
  private boolean command;
  private boolean lastFragment = true;
  private volatile boolean inMessage;
  private boolean outOfSync;

  PDUReader(UpperLayer upper, InputStream in) {
    this.upper = upper;
    this.in = in;
  }

  /** Holds P-DATA-TF PDUs against the length announced to the peer, 0 for no limit. */
  void setMaxPDULength(int length) {
    maxPDULength = length > 0 ? length : Integer.MAX_VALUE;
    int wanted = Math.min(maxPDULength, MAX_BUFFER) + PDUType.HEADER_LENGTH;
    resize(Math.max(wanted, Math.max(MIN_BUFFER, end - pos)));
  }

  boolean isInMessage() {
    return inMessage;
  }

  /** Reads and handles one message, or one PDU other than P-DATA-TF. */
  void next() throws IOException {
    if (outOfSync || inMessage) {
      outOfSync = true;
      inMessage = false;
      pos = end;
      fill(1);
      return;
    }
    if (pduLeft == 0 && !nextPDU()) {
      return;
    }
    inMessage = true;
    pcid = 0;
    command = true;
    lastFragment = false;
    pdvLeft = 0;
    upper.association().onCommand(readCommand(), pcidOfCommand(), this);
    inMessage = false;
  }

  private int pcidOfCommand() {
    return pcid;
  }

  private Attributes readCommand() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    while (fragment()) {
      int n = buffered();
      if (bytes.size() + n > MAX_COMMAND_LENGTH) {
        throw violation(AAbort.INVALID_PDU_PARAMETER_VALUE);
      }
      bytes.write(buf, pos, n);
      consume(n);
    }
    try (DicomInputStream dis =
        new DicomInputStream(
            new ByteArrayInputStream(bytes.toByteArray()), UID.ImplicitVRLittleEndian)) {
      return dis.readCommand();
    } catch (IOException | RuntimeException e) {
      throw violation(AAbort.INVALID_PDU_PARAMETER_VALUE);
    }
  }

  /** Makes this the stream of the data set that follows the command just read. */
  void beginDataset() {
    command = false;
    lastFragment = false;
  }

  /** Sends A-ABORT for a PDU that breaks the protocol; returns what is to be thrown. */
  IOException violation(int reason) {
    outOfSync = true;
    AAbort abort = new AAbort(AAbort.UL_SERIVE_PROVIDER, reason);
    upper.onInvalidPDU(abort);
    return upper.failure(abort);
  }

  /** Reads one PDU; true if it is a P-DATA-TF whose content may be read. */
  private boolean nextPDU() throws IOException {
    require(PDUType.HEADER_LENGTH);
    int type = buf[pos] & 0xff;
    long length = unsignedInt(pos + 2);
    pos += PDUType.HEADER_LENGTH;
    return switch (type) {
      case PDUType.P_DATA_TF -> pData(length);
      case PDUType.A_ASSOCIATE_RQ -> associateRQ(length);
      case PDUType.A_ASSOCIATE_AC -> associateAC(length);
      case PDUType.A_ASSOCIATE_RJ, PDUType.A_RELEASE_RQ, PDUType.A_RELEASE_RP, PDUType.A_ABORT ->
          fixed(type, length);
      default -> throw violation(AAbort.UNRECOGNIZED_PDU);
    };
  }

  private boolean pData(long length) throws IOException {
    if (!upper.onPDataTF()) {
      skipBody(length);
      return false;
    }
    if (length < PDVType.HEADER_LENGTH || length > maxPDULength) {
      throw violation(AAbort.INVALID_PDU_PARAMETER_VALUE);
    }
    pduLeft = (int) length;
    return true;
  }

  private boolean associateRQ(long length) throws IOException {
    if (!upper.expects(Event.A_ASSOCIATE_RQ_PDU, Action.AE6)) {
      upper.onUnexpected(Event.A_ASSOCIATE_RQ_PDU);
      skipBody(length);
      return false;
    }
    int start = readBody(length);
    try {
      upper.onAssociateRQ(AssociateDecoder.decodeRQ(buf, start, (int) length));
    } catch (AAbort invalid) {
      throw violation(invalid.getReason());
    }
    return false;
  }

  private boolean associateAC(long length) throws IOException {
    if (!upper.expects(Event.A_ASSOCIATE_AC_PDU, Action.AE3)) {
      upper.onUnexpected(Event.A_ASSOCIATE_AC_PDU);
      skipBody(length);
      return false;
    }
    int start = readBody(length);
    try {
      upper.onAssociateAC(AssociateDecoder.decodeAC(buf, start, (int) length));
    } catch (AAbort invalid) {
      throw violation(invalid.getReason());
    }
    return false;
  }

  private boolean fixed(int type, long length) throws IOException {
    if (length != FIXED_BODY_LENGTH) {
      throw violation(AAbort.INVALID_PDU_PARAMETER_VALUE);
    }
    if (inMessage && type != PDUType.A_ABORT) {
      throw violation(AAbort.UNEXPECTED_PDU);
    }
    int at = readBody(FIXED_BODY_LENGTH);
    switch (type) {
      case PDUType.A_ASSOCIATE_RJ ->
          upper.onAssociateRJ(
              new AAssociateRJ(buf[at + 1] & 0xff, buf[at + 2] & 0xff, buf[at + 3] & 0xff));
      case PDUType.A_RELEASE_RQ -> upper.onReleaseRQ();
      case PDUType.A_RELEASE_RP -> upper.onReleaseRP();
      default -> upper.onAbort(new AAbort(buf[at + 2] & 0xff, buf[at + 3] & 0xff));
    }
    return false;
  }

  private int readBody(long length) throws IOException {
    if (length > MAX_ASSOCIATE_LENGTH) {
      throw violation(AAbort.INVALID_PDU_PARAMETER_VALUE);
    }
    require((int) length);
    int start = pos;
    pos += (int) length;
    return start;
  }

  private void skipBody(long length) throws IOException {
    for (long left = length; left > 0; ) {
      if (pos == end) {
        fill(1);
      }
      int n = (int) Math.min(left, end - pos);
      pos += n;
      left -= n;
    }
  }

  /** Moves to the next fragment with something in it; false after the last one. */
  private boolean fragment() throws IOException {
    while (pdvLeft == 0) {
      if (lastFragment) {
        return false;
      }
      nextPDV();
    }
    if (pos == end) {
      fill(1);
    }
    return true;
  }

  private void nextPDV() throws IOException {
    while (pduLeft == 0) {
      if (!nextPDU()) {
        throw upper.failure(new EOFException("association ended within a message"));
      }
    }
    if (pduLeft < PDVType.HEADER_LENGTH) {
      throw violation(AAbort.INVALID_PDU_PARAMETER_VALUE);
    }
    require(PDVType.HEADER_LENGTH);
    long length = unsignedInt(pos);
    int id = buf[pos + 4] & 0xff;
    int control = buf[pos + 5];
    pos += PDVType.HEADER_LENGTH;
    pduLeft -= PDVType.HEADER_LENGTH;
    if (length < 2 || length - 2 > pduLeft) {
      throw violation(AAbort.INVALID_PDU_PARAMETER_VALUE);
    }
    if (((control & PDVType.COMMAND) != 0) != command || (pcid != 0 && id != pcid)) {
      throw violation(AAbort.UNEXPECTED_PDU_PARAMETER);
    }
    pcid = id;
    pdvLeft = (int) length - 2;
    pduLeft -= pdvLeft;
    lastFragment = (control & PDVType.LAST) != 0;
  }

  @Override
  public Attributes readDataset(String tsuid) throws IOException {
    @SuppressWarnings("resource") // the stream belongs to the association
    DicomInputStream dis = new DicomInputStream(this, tsuid);
    return dis.readDataset();
  }

  @Override
  public int read() throws IOException {
    if (!fragment()) {
      return -1;
    }
    int b = buf[pos] & 0xff;
    consume(1);
    return b;
  }

  @Override
  public int read(byte[] b, int off, int len) throws IOException {
    if (len == 0) {
      return 0;
    }
    if (!fragment()) {
      return -1;
    }
    int n = Math.min(len, buffered());
    System.arraycopy(buf, pos, b, off, n);
    consume(n);
    return n;
  }

  @Override
  public int available() {
    return buffered();
  }

  /** Skips within the fragment at hand, so often less than asked for. */
  @Override
  public long skip(long n) throws IOException {
    if (n <= 0 || !fragment()) {
      return 0;
    }
    int skipped = (int) Math.min(n, buffered());
    consume(skipped);
    return skipped;
  }

  @Override
  public void close() {
    // what is left of the message is skipped when its handler returns
  }

  @Override
  public void copyTo(OutputStream out, int length) throws IOException {
    for (int left = length; left > 0; ) {
      if (!fragment()) {
        throw new EOFException("data set ended " + left + " bytes early");
      }
      int n = Math.min(left, buffered());
      copy(out, n);
      left -= n;
    }
  }

  @Override
  public void copyTo(OutputStream out) throws IOException {
    while (fragment()) {
      copy(out, buffered());
    }
  }

  @Override
  public long skipAll() throws IOException {
    long skipped = 0;
    while (fragment()) {
      int n = buffered();
      consume(n);
      skipped += n;
    }
    return skipped;
  }

  private void copy(OutputStream out, int n) throws IOException {
    int from = pos;
    consume(n);
    out.write(buf, from, n);
  }

  private int buffered() {
    return Math.min(end - pos, pdvLeft);
  }

  private void consume(int n) {
    pos += n;
    pdvLeft -= n;
  }

  private long unsignedInt(int at) {
    return (buf[at] & 0xffL) << 24
        | (buf[at + 1] & 0xff) << 16
        | (buf[at + 2] & 0xff) << 8
        | buf[at + 3] & 0xff;
  }

  private void require(int n) throws IOException {
    if (end - pos < n) {
      fill(n);
    }
  }

  /** Reads until n unread bytes are there; the buffer grows only by what has arrived. */
  private void fill(int n) throws IOException {
    int unread = end - pos;
    System.arraycopy(buf, pos, buf, 0, unread);
    pos = 0;
    end = unread;
    while (end < n) {
      if (end == buf.length) {
        resize(Math.min(2 * buf.length, Math.max(n, MIN_BUFFER)));
      }
      int read = upper.read(in, buf, end, buf.length - end);
      end += read;
    }
  }

  private void resize(int capacity) {
    byte[] resized = new byte[capacity];
    System.arraycopy(buf, pos, resized, 0, end - pos);
    end -= pos;
    pos = 0;
    buf = resized;
  }
}
