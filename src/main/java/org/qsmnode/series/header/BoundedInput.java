package org.qsmnode.series.header;

import java.io.IOException;
import java.security.MessageDigest;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputHandler;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomStreamException;
import org.jspecify.annotations.Nullable;
import org.qsmnode.digest.Digests;

/**
 * Reads a data set within limits of memory, depth and inflation. A rule says which values are kept;
 * all others are passed over without being in memory.
 */
public final class BoundedInput implements DicomInputHandler {

  /** Nested sequences; Enhanced MR has five levels, structured reports some ten. */
  private static final int MOST_LEVELS = 32;

  /** Items of one sequence: frames of the largest Enhanced MR series seen are below 16,000. */
  static final int MOST_ITEMS = 32_768;

  /** Deflated data may unfold to this size whatever their ratio: blank images do. */
  private static final long FREELY_INFLATED_BYTES = 64L << 20;

  /** Beyond, deflated images of any content stay far below 100:1; the format's most is 1032:1. */
  private static final long MOST_INFLATION = 100;

  /** What becomes of a value. */
  public enum Fate {
    KEPT,
    /** Kept, and not counted against the allowance: its rule has limited it. */
    KEPT_UNCOUNTED,
    PASSED_OVER,
    /** A digest stands in its place. */
    DIGESTED
  }

  /** Says what becomes of the value or sequence whose header a stream has read. */
  @FunctionalInterface
  public interface Rule {
    Fate of(DicomInputStream in) throws IOException;
  }

  private final Rule rule;
  private final ReadingAllowance allowance;
  private final long fileBytes;
  private int passingOver;
  private @Nullable Attributes dataSet;

  /**
   * A handler for one stream.
   *
   * @param fileBytes length of the file, to which the inflated length is compared
   */
  public BoundedInput(Rule rule, ReadingAllowance allowance, long fileBytes) {
    this.rule = rule;
    this.allowance = allowance;
    this.fileBytes = fileBytes;
  }

  /** What was read so far of the outermost data set, null before its first element. */
  @Nullable Attributes dataSet() {
    return dataSet;
  }

  @Override
  public void startDataset(DicomInputStream in) {}

  @Override
  public void endDataset(DicomInputStream in) {}

  @Override
  public void readValue(DicomInputStream in, Attributes attributes) throws IOException {
    if (in.level() == 0) {
      dataSet = attributes;
    } else if (in.level() > MOST_LEVELS) {
      throw new DicomStreamException("more than " + MOST_LEVELS + " nested sequences");
    }
    requireSoundLength(in);
    Fate fate = passingOver > 0 ? Fate.PASSED_OVER : rule.of(in);
    if (in.vr() == VR.SQ || in.length() == -1) {
      readItems(in, attributes, fate);
    } else if (fate == Fate.PASSED_OVER) {
      in.skipFully(in.unsignedLength());
    } else if (fate == Fate.DIGESTED) {
      allowance.element(0);
      attributes.setBytes(in.tag(), VR.OB, digest(in));
    } else {
      allowance.element(fate == Fate.KEPT ? in.unsignedLength() : 0);
      in.readValue(in, attributes);
    }
  }

  /** Items of what is passed over are read one by one, each forgotten at once. */
  private void readItems(DicomInputStream in, Attributes attributes, Fate fate) throws IOException {
    if (fate == Fate.KEPT) {
      allowance.element(0);
      in.readValue(in, attributes);
      return;
    }
    int tag = in.tag();
    passingOver++;
    in.readValue(in, attributes);
    passingOver--;
    attributes.remove(tag);
  }

  @Override
  public void readValue(DicomInputStream in, Sequence items) throws IOException {
    if (passingOver == 0) {
      allowance.item();
      if (items.size() >= MOST_ITEMS) {
        throw new DicomStreamException("more than " + MOST_ITEMS + " items");
      }
    }
    in.readValue(in, items);
    if (passingOver > 0) {
      items.clear();
    }
  }

  @Override
  public void readValue(DicomInputStream in, Fragments fragments) throws IOException {
    requireSoundLength(in);
    if (passingOver > 0) {
      in.skipFully(in.unsignedLength());
    } else {
      allowance.element(in.unsignedLength());
      in.readValue(in, fragments);
    }
  }

  /** Goes past the value of the current element, which has to be there. */
  void passOver(DicomInputStream in) throws IOException {
    requireSoundLength(in);
    in.skipFully(in.unsignedLength());
  }

  /** A bomb is known by the length that it declares, before it is inflated. */
  private void requireSoundLength(DicomInputStream in) throws DicomStreamException {
    if (!UID.DeflatedExplicitVRLittleEndian.equals(in.getTransferSyntax()) || in.length() == -1) {
      return;
    }
    long inflated = in.getPosition() + in.unsignedLength();
    if (inflated > FREELY_INFLATED_BYTES && inflated / MOST_INFLATION > fileBytes) {
      throw new DicomStreamException("deflated data unfold to more than images do");
    }
  }

  private static byte[] digest(DicomInputStream in) throws IOException {
    MessageDigest sha256 = Digests.sha256();
    boolean swapped = in.bigEndian() && in.vr() == VR.OW;
    byte[] piece = new byte[1 << 16];
    for (long left = in.unsignedLength(); left > 0; ) {
      int length = (int) Math.min(left, piece.length);
      in.readFully(piece, 0, length);
      if (swapped) {
        swapWords(piece, length);
      }
      sha256.update(piece, 0, length);
      left -= length;
    }
    return sha256.digest();
  }

  private static void swapWords(byte[] bytes, int length) {
    for (int i = 0; i + 1 < length; i += 2) {
      byte first = bytes[i];
      bytes[i] = bytes[i + 1];
      bytes[i + 1] = first;
    }
  }
}
