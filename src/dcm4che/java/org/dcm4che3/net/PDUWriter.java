package org.dcm4che3.net;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomOutputStream;
import org.dcm4che3.net.pdu.AAbort;
import org.dcm4che3.net.pdu.AAssociateRJ;
import org.dcm4che3.net.pdu.PresentationContext;

/**
 * Writes PDUs to a socket, each with one call, and cuts messages into P-DATA-TF PDUs (PS3.8 section
 * 9.3.5).
 *
 * <p>One lock keeps messages from mixing, a second one single PDUs, so that an A-ABORT passes
 * between two P-DATA-TF of a long message.
 */
final class PDUWriter extends PDVOutputStream {

  private final UpperLayer upper;
  private final OutputStream out;
  private final boolean packPDV;
  private final ReentrantLock message = new ReentrantLock(true);
  private final ReentrantLock pdu = new ReentrantLock();

  private byte[] buf;
  private int limit;
  private int pos;
  private int pdvStart;
  private int pcid;
  private int pdvType;
  private boolean open;

  PDUWriter(UpperLayer upper, OutputStream out, boolean packPDV) {
    this.upper = upper;
    this.out = out;
    this.packPDV = packPDV;
  }

  /** Sets the longest P-DATA-TF variable field; fragments keep an even length. */
  void setMaxPDULength(int length) {
    limit = PDUType.HEADER_LENGTH + (length & ~1);
  }

  void writePDU(byte[] bytes) throws IOException {
    pdu.lock();
    try {
      out.write(bytes, 0, bytes.length);
      out.flush();
    } finally {
      pdu.unlock();
    }
  }

  void write(AAssociateRJ rj) throws IOException {
    writePDU(fixed(PDUType.A_ASSOCIATE_RJ, rj.getResult(), rj.getSource(), rj.getReason()));
  }

  /** Sends A-RELEASE-RQ between two messages, if the state allows it then. */
  void writeReleaseRQ() throws IOException {
    message.lock();
    try {
      upper.beginRelease();
      writePDU(fixed(PDUType.A_RELEASE_RQ, 0, 0, 0));
    } finally {
      message.unlock();
    }
  }

  void writeReleaseRP() throws IOException {
    writePDU(fixed(PDUType.A_RELEASE_RP, 0, 0, 0));
  }

  /** Sends an A-ABORT unless a stuck PDU keeps the socket for longer than given. */
  boolean tryWrite(AAbort abort, int millis) {
    boolean locked = false;
    try {
      locked = pdu.tryLock(millis, TimeUnit.MILLISECONDS);
      if (locked) {
        writePDU(fixed(PDUType.A_ABORT, 0, abort.getSource(), abort.getReason()));
      }
      return locked;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      if (locked) {
        pdu.unlock();
      }
    }
  }

  /** Sends one message; nothing has been sent if it throws AssociationStateException. */
  void writeMessage(PresentationContext pc, Attributes cmd, DataWriter data, int sendTimeout)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DicomOutputStream dos = new DicomOutputStream(bytes, UID.ImplicitVRLittleEndian)) {
      dos.writeCommand(cmd);
    }
    message.lock();
    try {
      upper.beginMessage(sendTimeout);
      boolean complete = false;
      try {
        writeFragments(pc, bytes.toByteArray(), data);
        complete = true;
      } finally {
        open = false;
        upper.endMessage(complete);
      }
    } finally {
      message.unlock();
    }
  }

  private void writeFragments(PresentationContext pc, byte[] cmd, DataWriter data)
      throws IOException {
    if (buf == null) {
      buf = new byte[limit];
    }
    pos = PDUType.HEADER_LENGTH;
    pcid = pc.getPCID();
    open = true;
    beginPDV(PDVType.COMMAND);
    write(cmd, 0, cmd.length);
    endPDV(PDVType.LAST);
    if (data != null) {
      if (!packPDV || limit - pos <= PDVType.HEADER_LENGTH) {
        flushPDU();
      }
      beginPDV(0);
      data.writeTo(this, pc.getTransferSyntax());
      endPDV(PDVType.LAST);
    }
    flushPDU();
  }

  @Override
  public void write(int b) throws IOException {
    makeRoom();
    buf[pos++] = (byte) b;
  }

  @Override
  public void write(byte[] b, int off, int len) throws IOException {
    int from = off;
    for (int left = len; left > 0; ) {
      makeRoom();
      int n = Math.min(left, limit - pos);
      System.arraycopy(b, from, buf, pos, n);
      pos += n;
      from += n;
      left -= n;
    }
  }

  @Override
  public void copyFrom(InputStream in, int length) throws IOException {
    for (int left = length; left > 0; ) {
      makeRoom();
      int n = in.read(buf, pos, Math.min(left, limit - pos));
      if (n < 0) {
        throw new EOFException("data set ended " + left + " bytes early");
      }
      pos += n;
      left -= n;
    }
  }

  @Override
  public void copyFrom(InputStream in) throws IOException {
    for (; ; ) {
      if (pos == limit) {
        int next = in.read();
        if (next < 0) {
          return;
        }
        write(next);
      }
      makeRoom();
      int n = in.read(buf, pos, limit - pos);
      if (n < 0) {
        return;
      }
      pos += n;
    }
  }

  @Override
  public void flush() {
    // PDUs are sent when they are full or the message ends
  }

  @Override
  public void close() {
    // ends with the message
  }

  /** Sends the PDU being filled if it is full and more is to come. */
  private void makeRoom() throws IOException {
    if (!open || !message.isHeldByCurrentThread()) {
      throw new IOException("the message this stream belongs to has ended");
    }
    if (pos == limit) {
      endPDV(0);
      flushPDU();
      beginPDV(pdvType);
    }
  }

  private void beginPDV(int type) {
    pdvType = type;
    pdvStart = pos;
    pos += PDVType.HEADER_LENGTH;
  }

  private void endPDV(int last) {
    putInt(pdvStart, pos - pdvStart - 4);
    buf[pdvStart + 4] = (byte) pcid;
    buf[pdvStart + 5] = (byte) (pdvType | last);
  }

  private void flushPDU() throws IOException {
    upper.requireData();
    buf[0] = PDUType.P_DATA_TF;
    buf[1] = 0;
    putInt(2, pos - PDUType.HEADER_LENGTH);
    pdu.lock();
    try {
      out.write(buf, 0, pos);
    } catch (IOException e) {
      upper.onWriteFailed(e);
      throw upper.failure(e);
    } finally {
      pdu.unlock();
    }
    pos = PDUType.HEADER_LENGTH;
  }

  private void putInt(int at, int value) {
    buf[at] = (byte) (value >> 24);
    buf[at + 1] = (byte) (value >> 16);
    buf[at + 2] = (byte) (value >> 8);
    buf[at + 3] = (byte) value;
  }

  private static byte[] fixed(int type, int b, int c, int d) {
    return new byte[] {(byte) type, 0, 0, 0, 0, 4, 0, (byte) b, (byte) c, (byte) d};
  }
}
