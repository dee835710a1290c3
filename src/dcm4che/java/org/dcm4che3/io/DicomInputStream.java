package org.dcm4che3.io;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.BulkData;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.ItemPointer;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.util.ByteUtils;
import org.dcm4che3.util.SafeClose;
import org.dcm4che3.util.StreamUtils;
import org.dcm4che3.util.TagUtils;

/**
 * Reads data sets (PS3.5) and files (PS3.10), with or without preamble and file meta information.
 *
 * <p>Memory is taken only as bytes arrive: a length that the stream cannot hold ends in an
 * EOFException, broken structure in a {@link DicomStreamException}.
 */
public class DicomInputStream extends FilterInputStream implements DicomInputHandler {

  /** What becomes of bulk data. */
  public enum IncludeBulkData {
    /** Left out. */
    NO,
    /** Held in memory. */
    YES,
    /** Held as a reference into the file. */
    URI
  }

  private static final int PREAMBLE_LENGTH = 128;
  private static final int PREFIX_END = 132;
  private static final int MAX_LEVEL = 32;
  private static final int DEFAULT_ALLOCATE_LIMIT = 0x10000;
  private static final int MAX_DISORDER = 1000;
  private static final int UNDEFINED = -1;

  private final byte[] header = new byte[12];
  private final List<ItemPointer> itemPointers = new ArrayList<>();
  private DicomInputHandler handler = this;
  private byte[] preamble;
  private Attributes fileMetaInformation;
  private boolean fileMetaInformationAhead;
  private String tsuid;
  private boolean explicitVR;
  private boolean bigEndian;
  private Inflater inflater;
  private String uri;
  private IncludeBulkData includeBulkData = IncludeBulkData.YES;
  private BulkDataDescriptor bulkDataDescriptor = BulkDataDescriptor.DEFAULT;
  private int allocateLimit = DEFAULT_ALLOCATE_LIMIT;
  private long end = Long.MAX_VALUE;
  private long pos;
  private long markPos;
  private long tagPos;
  private int tag;
  private VR vr;
  private int length;
  private int level;
  private boolean sequenceClosed;
  private int disorder;

  /** A data set alone, in this transfer syntax. */
  public DicomInputStream(InputStream in, String tsuid) throws IOException {
    super(in);
    switchTransferSyntax(tsuid);
  }

  /** A file, or a data set alone whose transfer syntax shows in its first element. */
  public DicomInputStream(InputStream in) throws IOException {
    super(in.markSupported() ? in : new BufferedInputStream(in));
    readPreamble();
  }

  /** A file; bulk data may be held as references into it. */
  public DicomInputStream(File file) throws IOException {
    super(new BufferedInputStream(new FileInputStream(file)));
    try {
      end = file.isFile() ? file.length() : Long.MAX_VALUE;
      uri = file.toURI().toString();
      readPreamble();
    } catch (IOException e) {
      SafeClose.close(in);
      throw e;
    }
  }

  /** As the constructor, with an EOFException where a value would go beyond the limit. */
  public static DicomInputStream createWithLimit(InputStream in, String tsuid, long limit)
      throws IOException {
    DicomInputStream dis = new DicomInputStream(in, tsuid);
    if (dis.inflater == null) {
      dis.end = limit;
    }
    return dis;
  }

  /** As the constructor, with an EOFException where a value would go beyond the limit. */
  public static DicomInputStream createWithLimit(InputStream in, long limit) throws IOException {
    DicomInputStream dis = new DicomInputStream(in);
    dis.end = limit;
    return dis;
  }

  public static DicomInputStream createWithLimitFromFileLength(File file) throws IOException {
    return new DicomInputStream(file);
  }

  /** Replaces the value of VR UN by the items that it holds in implicit VR little endian. */
  public static void parseUNSequence(byte[] buf, Attributes attrs, int sqtag) throws IOException {
    try (DicomInputStream dis =
        new DicomInputStream(new ByteArrayInputStream(buf), UID.ImplicitVRLittleEndian)) {
      dis.end = buf.length;
      dis.level = attrs.getLevel();
      dis.tag = sqtag;
      dis.length = buf.length;
      dis.readSequence(attrs);
    } catch (IOException e) {
      attrs.setBytes(sqtag, VR.UN, buf);
      throw e;
    }
  }

  // ---------------------------------------------------------------- settings and state

  /** The transfer syntax in which the stream goes on. */
  public String getTransferSyntax() {
    return tsuid;
  }

  public int getAllocateLimit() {
    return allocateLimit;
  }

  /** Sets the length above which memory for a value is taken only as its bytes arrive. */
  public void setAllocateLimit(int allocateLimit) {
    this.allocateLimit = allocateLimit;
  }

  public String getURI() {
    return uri;
  }

  /** Sets the URI of the file that the stream reads from its start. */
  public void setURI(String uri) {
    this.uri = uri;
  }

  public IncludeBulkData getIncludeBulkData() {
    return includeBulkData;
  }

  /** Sets what becomes of bulk data; without a URI, or deflated, they are held in memory. */
  public void setIncludeBulkData(IncludeBulkData includeBulkData) {
    this.includeBulkData = includeBulkData;
  }

  public BulkDataDescriptor getBulkDataDescriptor() {
    return bulkDataDescriptor;
  }

  public void setBulkDataDescriptor(BulkDataDescriptor bulkDataDescriptor) {
    this.bulkDataDescriptor = bulkDataDescriptor;
  }

  /** Sets who is asked about each element, item and fragment, instead of this stream itself. */
  public void setDicomInputHandler(DicomInputHandler handler) {
    this.handler = handler;
  }

  public byte[] getPreamble() {
    return preamble == null ? null : preamble.clone();
  }

  /** The depth of the current data set, 0 for the outermost. */
  public int level() {
    return level;
  }

  public int tag() {
    return tag;
  }

  public VR vr() {
    return vr;
  }

  /** The length of the current element, -1 where it is undefined. */
  public int length() {
    return length;
  }

  public long unsignedLength() {
    return length & 0xffffffffL;
  }

  /** The number of bytes read so far; inflated ones in a deflated data set. */
  public long getPosition() {
    return pos;
  }

  /** The position of the header of the current element. */
  public long getTagPosition() {
    return tagPos;
  }

  public boolean bigEndian() {
    return bigEndian;
  }

  public boolean explicitVR() {
    return explicitVR;
  }

  // ---------------------------------------------------------------- bytes

  @Override
  public int read() throws IOException {
    int b = in.read();
    if (b >= 0) {
      pos++;
    }
    return b;
  }

  @Override
  public int read(byte[] b, int off, int len) throws IOException {
    int n = in.read(b, off, len);
    if (n > 0) {
      pos += n;
    }
    return n;
  }

  @Override
  public int read(byte[] b) throws IOException {
    return read(b, 0, b.length);
  }

  @Override
  public long skip(long n) throws IOException {
    long skipped = in.skip(n);
    pos += skipped;
    return skipped;
  }

  @Override
  public void mark(int readlimit) {
    in.mark(readlimit);
    markPos = pos;
  }

  @Override
  public void reset() throws IOException {
    in.reset();
    pos = markPos;
  }

  /** Skips these bytes, or throws EOFException if they are not there. */
  public void skipFully(long n) throws IOException {
    if (n > 0) {
      require(n);
      StreamUtils.skipFully(in, n - 1);
      if (in.read() < 0) {
        throw new EOFException();
      }
      pos += n;
    }
  }

  public void readFully(byte[] b) throws IOException {
    readFully(b, 0, b.length);
  }

  public void readFully(byte[] b, int off, int len) throws IOException {
    StreamUtils.readFully(in, b, off, len);
    pos += len;
  }

  private void require(long n) throws EOFException {
    if (n > end - pos) {
      throw new EOFException("stream ends within a value");
    }
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      if (inflater != null) {
        inflater.end();
      }
    }
  }

  // ---------------------------------------------------------------- start of the stream

  private void readPreamble() throws IOException {
    byte[] start = new byte[PREFIX_END];
    in.mark(PREFIX_END);
    int n = StreamUtils.readAvailable(in, start, 0, PREFIX_END);
    if (n == PREFIX_END
        && start[128] == 'D'
        && start[129] == 'I'
        && start[130] == 'C'
        && start[131] == 'M') {
      preamble = Arrays.copyOf(start, PREAMBLE_LENGTH);
      pos = PREFIX_END;
      fileMetaInformationAhead = true;
      setTransferSyntax(UID.ExplicitVRLittleEndian);
    } else {
      in.reset();
      switchTransferSyntax(guessTransferSyntax(start, n));
      fileMetaInformationAhead = ByteUtils.bytesToUShortLE(start, 0) == 2;
    }
  }

  private static String guessTransferSyntax(byte[] start, int n) throws IOException {
    if (n < 8) {
      throw new DicomStreamException("not a DICOM stream: too short");
    }
    int code = ByteUtils.bytesToUShortBE(start, 4);
    boolean explicit = VR.valueOf(code).code() == code;
    boolean big = ByteUtils.bytesToUShortBE(start, 0) < ByteUtils.bytesToUShortLE(start, 0);
    int tag = ByteUtils.bytesToTag(start, 0, big);
    if (TagUtils.groupNumber(tag) > 0xff || ElementDictionary.vrOf(tag, null) == VR.UN) {
      throw new DicomStreamException("not a DICOM stream: no known first element");
    }
    if (explicit) {
      return big ? UID.ExplicitVRBigEndian : UID.ExplicitVRLittleEndian;
    }
    if (big || ByteUtils.bytesToIntLE(start, 4) >>> 16 != 0) {
      throw new DicomStreamException("not a DICOM stream: no plausible first element");
    }
    return UID.ImplicitVRLittleEndian;
  }

  private void guessTransferSyntax() throws IOException {
    byte[] start = new byte[8];
    in.mark(start.length);
    int n = StreamUtils.readAvailable(in, start, 0, start.length);
    in.reset();
    if (n > 0) {
      switchTransferSyntax(guessTransferSyntax(start, n));
    }
  }

  private void setTransferSyntax(String tsuid) {
    this.tsuid = tsuid;
    bigEndian = tsuid.equals(UID.ExplicitVRBigEndian);
    explicitVR = !tsuid.equals(UID.ImplicitVRLittleEndian);
  }

  private void switchTransferSyntax(String tsuid) {
    setTransferSyntax(tsuid);
    if (tsuid.equals(UID.DeflatedExplicitVRLittleEndian)
        || tsuid.equals(UID.JPIPReferencedDeflate)) {
      inflater = new Inflater(true);
      in = new BufferedInputStream(new InflaterInputStream(in, inflater, 8192));
      end = Long.MAX_VALUE;
    }
  }

  /** The file meta information, without its group length; null where there is none. */
  public Attributes getFileMetaInformation() throws IOException {
    return readFileMetaInformation();
  }

  /** Reads the file meta information unless that has been done, and returns it. */
  public Attributes readFileMetaInformation() throws IOException {
    if (!fileMetaInformationAhead) {
      return fileMetaInformation;
    }
    fileMetaInformationAhead = false;
    Attributes fmi = new Attributes(8);
    long declaredEnd = Long.MAX_VALUE;
    while (fileMetaInformationFollows() && !(pos >= declaredEnd && isDeflated(fmi))) {
      readHeader();
      if (tag == Tag.FileMetaInformationGroupLength && length == 4) {
        declaredEnd = ByteUtils.bytesToIntLE(readValue(), 0) + pos;
      } else {
        readElement(fmi);
      }
    }
    fileMetaInformation = fmi.isEmpty() ? null : fmi;
    String transferSyntax = fmi.getString(Tag.TransferSyntaxUID);
    if (transferSyntax == null) {
      guessTransferSyntax();
    } else {
      switchTransferSyntax(transferSyntax);
    }
    return fileMetaInformation;
  }

  /** Whether deflated bytes follow, which may look like the group of the meta information. */
  private static boolean isDeflated(Attributes fmi) {
    return UID.DeflatedExplicitVRLittleEndian.equals(fmi.getString(Tag.TransferSyntaxUID));
  }

  private boolean fileMetaInformationFollows() throws IOException {
    in.mark(2);
    int group = in.read() | in.read() << 8;
    in.reset();
    return group == 2;
  }

  // ---------------------------------------------------------------- elements

  /** Reads the header of the next element, item or delimiter. */
  public void readHeader() throws IOException {
    if (!readHeaderOrEnd()) {
      throw new EOFException();
    }
  }

  private boolean readHeaderOrEnd() throws IOException {
    tagPos = pos;
    int n = pos >= end ? 0 : StreamUtils.readAvailable(in, header, 0, 8);
    if (n == 0) {
      return false;
    }
    pos += n;
    if (n < 8) {
      throw new EOFException("stream ends within a header");
    }
    tag = ByteUtils.bytesToTag(header, 0, bigEndian);
    if (TagUtils.groupNumber(tag) == 0xfffe) {
      vr = null;
      length = ByteUtils.bytesToInt(header, 4, bigEndian);
    } else if (explicitVR) {
      int code = ByteUtils.bytesToUShortBE(header, 4);
      if (!isLetters(code)) {
        throw new DicomStreamException("no VR at position " + tagPos);
      }
      vr = VR.valueOf(code);
      if (vr.headerLength() == 8) {
        length = ByteUtils.bytesToUShort(header, 6, bigEndian);
      } else {
        readFully(header, 8, 4);
        length = ByteUtils.bytesToInt(header, 8, bigEndian);
      }
    } else {
      vr = ElementDictionary.vrOf(tag, null);
      length = ByteUtils.bytesToInt(header, 4, false);
    }
    return true;
  }

  private static boolean isLetters(int code) {
    int first = code >> 8;
    int second = code & 0xff;
    return first >= 'A' && first <= 'Z' && second >= 'A' && second <= 'Z';
  }

  /** Reads a command set (PS3.7 6.3), which ends with the stream. */
  public Attributes readCommand() throws IOException {
    return readDataset();
  }

  public Attributes readDataset() throws IOException {
    return readDataset(UNDEFINED, null);
  }

  /** Reads up to the header of the pixel data of the data set itself. */
  public Attributes readDatasetUntilPixelData() throws IOException {
    return readDataset(
        UNDEFINED,
        dis ->
            dis.tag == Tag.PixelData
                || dis.tag == Tag.FloatPixelData
                || dis.tag == Tag.DoubleFloatPixelData);
  }

  /** Reads up to the header of the element with this tag, or to the end if there is none. */
  public Attributes readDataset(int stopTag) throws IOException {
    return readDataset(UNDEFINED, dis -> dis.tag == stopTag);
  }

  /** Reads up to the first header of the data set itself at which the predicate holds. */
  public Attributes readDataset(Predicate<DicomInputStream> stopPredicate) throws IOException {
    return readDataset(UNDEFINED, stopPredicate);
  }

  public Attributes readDataset(long len, Predicate<DicomInputStream> stopPredicate)
      throws IOException {
    readFileMetaInformation();
    handler.startDataset(this);
    Attributes attrs = new Attributes(bigEndian, 64);
    readAttributes(attrs, len, stopPredicate);
    attrs.trimToSize();
    handler.endDataset(this);
    return attrs;
  }

  /** Reads elements of {@code len} bytes, or with -1 up to the delimiter or the end. */
  public void readAttributes(Attributes attrs, long len, Predicate<DicomInputStream> stopPredicate)
      throws IOException {
    boolean undefined = len == UNDEFINED;
    long stop = pos + len;
    int previous = 0;
    while (undefined || pos < stop) {
      if (!readHeaderOrEnd()) {
        if (undefined && level == 0) {
          return;
        }
        throw new EOFException("stream ends within an item");
      }
      if (!undefined && length != UNDEFINED && unsignedLength() > stop - pos) {
        throw new DicomStreamException("element exceeds its item at position " + tagPos);
      }
      if (tag == Tag.ItemDelimitationItem || tag == Tag.SequenceDelimitationItem) {
        if (undefined && level > 0) {
          sequenceClosed = tag == Tag.SequenceDelimitationItem;
          return;
        }
      } else if (stopPredicate != null && stopPredicate.test(this)) {
        return;
      } else {
        if (Integer.compareUnsigned(tag, previous) < 0 && ++disorder > MAX_DISORDER) {
          throw new DicomStreamException("elements out of order at position " + tagPos);
        }
        previous = tag;
        handler.readValue(this, attrs);
        if (!undefined && pos > stop) {
          throw new DicomStreamException("element exceeds its item at position " + tagPos);
        }
      }
    }
  }

  @Override
  public void startDataset(DicomInputStream dis) {}

  @Override
  public void endDataset(DicomInputStream dis) {}

  /** Reads the value of the element whose header was read. */
  @Override
  public void readValue(DicomInputStream dis, Attributes attrs) throws IOException {
    readElement(attrs);
  }

  /** Reads the item whose header was read, and adds it. */
  @Override
  public void readValue(DicomInputStream dis, Sequence seq) throws IOException {
    readItem(seq);
  }

  /** Reads the fragment whose header was read, and adds it. */
  @Override
  public void readValue(DicomInputStream dis, Fragments frags) throws IOException {
    frags.add(readValue());
  }

  private void readElement(Attributes attrs) throws IOException {
    if (vr == null) {
      throw new DicomStreamException("item outside a sequence at position " + tagPos);
    }
    if (TagUtils.elementNumber(tag) == 0) {
      skipFully(unsignedLength());
      return;
    }
    if (!explicitVR && vr == VR.US && PixelRepresentation.decidesVR(tag)) {
      vr = PixelRepresentation.isSigned(attrs) ? VR.SS : VR.US;
    }
    if (vr == VR.SQ) {
      readSequence(attrs);
    } else if (length == UNDEFINED) {
      readUndefinedLength(attrs);
    } else if (includeBulkData != IncludeBulkData.YES && isBulkData(attrs)) {
      readBulkData(attrs);
    } else {
      attrs.setBytes(tag, vr, readValue());
    }
  }

  private void readUndefinedLength(Attributes attrs) throws IOException {
    if (vr == VR.UN && tag != Tag.PixelData) {
      boolean outerExplicitVR = explicitVR;
      boolean outerBigEndian = bigEndian;
      explicitVR = false;
      bigEndian = false;
      readSequence(attrs);
      explicitVR = outerExplicitVR;
      bigEndian = outerBigEndian;
    } else if (vr.isInlineBinary()) {
      readFragments(attrs);
    } else {
      throw new DicomStreamException("undefined length of VR " + vr + " at position " + tagPos);
    }
  }

  private boolean isBulkData(Attributes attrs) {
    return vr.isInlineBinary()
        && bulkDataDescriptor.isBulkData(
            itemPointers, attrs.privateCreatorOf(tag), tag, vr, length);
  }

  private boolean hasReferences() {
    return includeBulkData == IncludeBulkData.URI && uri != null && inflater == null;
  }

  private void readBulkData(Attributes attrs) throws IOException {
    if (includeBulkData == IncludeBulkData.NO) {
      skipFully(unsignedLength());
    } else if (hasReferences()) {
      BulkData bulkData = createBulkData(this);
      attrs.setValue(tag, vr, bulkData);
    } else {
      attrs.setBytes(tag, vr, readValue());
    }
  }

  /** The current value as a reference into the file of the stream, which moves beyond it. */
  public BulkData createBulkData(DicomInputStream dis) throws IOException {
    BulkData bulkData = new BulkData(uri, dis.pos, dis.unsignedLength(), dis.bigEndian);
    dis.skipFully(dis.unsignedLength());
    return bulkData;
  }

  /** Reads the value of the current element. */
  public byte[] readValue() throws IOException {
    require(unsignedLength());
    if (length < 0) {
      throw new DicomStreamException("value of 2 GB or more at position " + tagPos);
    }
    if (length <= allocateLimit || in.available() >= length) {
      byte[] value = new byte[length];
      readFully(value, 0, length);
      return value;
    }
    byte[] value = new byte[Math.max(allocateLimit, DEFAULT_ALLOCATE_LIMIT)];
    int filled = 0;
    while (true) {
      readFully(value, filled, value.length - filled);
      filled = value.length;
      if (filled == length) {
        return value;
      }
      value = Arrays.copyOf(value, (int) Math.min(length, 2L * filled));
    }
  }

  private void readSequence(Attributes attrs) throws IOException {
    if (level == MAX_LEVEL) {
      throw new DicomStreamException("more than " + MAX_LEVEL + " nested sequences");
    }
    int sequenceTag = tag;
    boolean undefined = length == UNDEFINED;
    require(undefined ? 0 : unsignedLength());
    long stop = pos + unsignedLength();
    Sequence sequence = attrs.newSequence(sequenceTag, 1);
    String creator = attrs.privateCreatorOf(sequenceTag);
    level++;
    while (undefined || pos < stop) {
      readHeader();
      if (tag == Tag.SequenceDelimitationItem && undefined) {
        break;
      }
      if (tag == Tag.Item) {
        if (!undefined && length != UNDEFINED && unsignedLength() > stop - pos) {
          throw new DicomStreamException("item exceeds its sequence at position " + tagPos);
        }
        itemPointers.add(new ItemPointer(creator, sequenceTag, sequence.size()));
        handler.readValue(this, sequence);
        itemPointers.remove(itemPointers.size() - 1);
        if (sequenceClosed) {
          sequenceClosed = false;
          break;
        }
      } else if (tag != Tag.ItemDelimitationItem) {
        throw new DicomStreamException("no item at position " + tagPos);
      }
    }
    level--;
    if (!undefined && pos != stop) {
      throw new DicomStreamException("items exceed their sequence at position " + pos);
    }
    sequence.trimToSize();
  }

  private void readItem(Sequence sequence) throws IOException {
    boolean undefined = length == UNDEFINED;
    Attributes item = new Attributes(bigEndian, length == 0 ? 0 : 4);
    sequence.add(item);
    readAttributes(item, undefined ? UNDEFINED : unsignedLength(), null);
  }

  private void readFragments(Attributes attrs) throws IOException {
    int pixelTag = tag;
    VR pixelVR = vr;
    boolean skip = false;
    boolean reference = false;
    if (includeBulkData != IncludeBulkData.YES && isBulkData(attrs)) {
      skip = includeBulkData == IncludeBulkData.NO;
      reference = hasReferences();
    }
    Fragments fragments = new Fragments(pixelVR, bigEndian, 2);
    for (readHeader(); tag != Tag.SequenceDelimitationItem; readHeader()) {
      if (tag != Tag.Item || length == UNDEFINED) {
        throw new DicomStreamException("no fragment at position " + tagPos);
      }
      if (skip) {
        skipFully(unsignedLength());
      } else if (reference) {
        fragments.add(createBulkData(this));
      } else {
        handler.readValue(this, fragments);
      }
    }
    if (!skip) {
      attrs.setValue(pixelTag, pixelVR, fragments);
    }
  }
}
