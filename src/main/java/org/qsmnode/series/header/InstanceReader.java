package org.qsmnode.series.header;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomStreamException;

/** Reads the header of one object into the facts that recognition needs. */
public final class InstanceReader {

  private static final String GE_ACQUISITION = "GEMS_ACQU_01";
  private static final String PHILIPS_IMAGING = "Philips Imaging DD 001";
  private static final int LARGEST_PLAUSIBLE_ECHO_TRAIN = 32;
  private static final int UNDEFINED_LENGTH = -1;

  /** Kinds of frames of one object; echoes times components are some 50. */
  private static final int MOST_KINDS = 4096;

  private InstanceReader() {}

  /**
   * Indexes one DICOM file, reading no pixel data. Of an image, the elements that recognition reads
   * are in memory, within limits; of another object, those that tell its identity.
   *
   * @throws RefusedException with {@link ReasonCode#UNREADABLE} if the file is not a DICOM object,
   *     or its lengths or values are beyond those of any sound one
   * @throws HeaderTooLargeException if there is no memory for it, now or at all
   * @throws UncheckedIOException if the file cannot be opened or read
   */
  public static IndexedInstance index(Path file) throws RefusedException, HeaderTooLargeException {
    return index(() -> new DicomInputStream(file.toFile()), file.toFile().length());
  }

  /**
   * Indexes one DICOM file that is in memory, as {@link #index(Path)} does.
   *
   * @throws RefusedException with {@link ReasonCode#UNREADABLE} as for a file
   * @throws HeaderTooLargeException if there is no memory for its header, now or at all
   */
  public static IndexedInstance index(ByteBuffer file)
      throws RefusedException, HeaderTooLargeException {
    return index(
        () ->
            new DicomInputStream(
                new ByteArrayInputStream(
                    file.array(), file.arrayOffset() + file.position(), file.remaining())),
        file.remaining());
  }

  private static IndexedInstance index(Opening file, long fileBytes)
      throws RefusedException, HeaderTooLargeException {
    try (DicomInputStream in = file.open();
        ReadingAllowance allowance = ReadingAllowance.ofFile()) {
      BoundedInput bounds = new BoundedInput(HeaderTags::ofImage, allowance, fileBytes);
      in.setDicomInputHandler(bounds);
      Attributes dataset = in.readDataset(next -> isEnough(next, bounds));
      IndexedInstance instance = index(dataset, in.getTransferSyntax());
      if (!instance.frames().isEmpty()) {
        requirePixels(in, bounds, instance, fileBytes);
      }
      return instance;
    } catch (HeaderTooLargeException e) {
      throw e;
    } catch (DicomStreamException
        | EOFException
        | ZipException
        | IllegalArgumentException
        | StackOverflowError e) {
      // The cause is dropped on purpose: parser messages may quote values.
      throw unreadable("The file is not a readable DICOM object.");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a received object", e);
    }
  }

  /** Whether nothing that follows is needed: pixels, or all behind the identity of no image. */
  private static boolean isEnough(DicomInputStream in, BoundedInput bounds) {
    int tag = in.tag();
    if (tag == Tag.PixelData || tag == Tag.FloatPixelData || tag == Tag.DoubleFloatPixelData) {
      return true;
    }
    Attributes soFar = bounds.dataSet();
    return soFar != null
        && Integer.compareUnsigned(tag, Tag.SeriesInstanceUID) > 0
        && HeaderTags.IDENTITY.stream().allMatch(soFar::containsValue)
        && !isImage(soFar.getString(Tag.SOPClassUID, ""));
  }

  private static boolean isImage(String sopClass) {
    return isEnhanced(sopClass) || sopClass.equals(UID.MRImageStorage);
  }

  private static boolean isEnhanced(String sopClass) {
    return sopClass.equals(UID.EnhancedMRImageStorage)
        || sopClass.equals(UID.LegacyConvertedEnhancedMRImageStorage);
  }

  private static void requirePixels(
      DicomInputStream in, BoundedInput bounds, IndexedInstance instance, long fileBytes)
      throws RefusedException, IOException {
    if (in.tag() != Tag.PixelData) {
      throw unreadable("The image has no pixel data.");
    }
    if (in.length() == UNDEFINED_LENGTH) {
      return;
    }
    long pixelBytes = in.unsignedLength();
    if (UID.DeflatedExplicitVRLittleEndian.equals(in.getTransferSyntax())) {
      bounds.passOver(in);
    } else if (in.getPosition() + pixelBytes > fileBytes) {
      throw unreadable("The pixel data are cut short.");
    }
    if (pixelBytes < instance.pixels().frameBytes() * instance.numberOfFrames()) {
      throw unreadable("Pixel data are shorter than rows times columns.");
    }
  }

  /**
   * Indexes a data set.
   *
   * @param dataset data set, pixel data not needed
   * @param transferSyntaxUid transfer syntax the pixel data are in
   */
  public static IndexedInstance index(Attributes dataset, String transferSyntaxUid)
      throws RefusedException {
    String sopClass = required(dataset, Tag.SOPClassUID, "SOPClassUID");
    boolean enhanced = isEnhanced(sopClass);
    boolean image = isImage(sopClass);
    int numberOfFrames = Math.max(1, dataset.getInt(Tag.NumberOfFrames, 1));
    Sequence perFrame = dataset.getSequence(Tag.PerFrameFunctionalGroupsSequence);
    if (enhanced && (perFrame == null || perFrame.size() != numberOfFrames)) {
      throw unreadable("The number of frames contradicts the functional groups.");
    }
    FrameScope scope = enhanced ? FrameScope.ofFrame(dataset, 0) : FrameScope.ofClassic(dataset);
    Scanner scanner = scanner(scope);
    FrameScope top = FrameScope.ofClassic(dataset);
    boolean own =
        OwnIdentity.isOwn(
            top.text(FrameScope.TOP, Tag.Manufacturer),
            top.text(FrameScope.TOP, Tag.ManufacturerModelName));
    return new IndexedInstance(
        required(dataset, Tag.SOPInstanceUID, "SOPInstanceUID"),
        sopClass,
        required(dataset, Tag.StudyInstanceUID, "StudyInstanceUID"),
        FactText.uid(top.text(FrameScope.TOP, Tag.FrameOfReferenceUID)),
        transferSyntaxUid,
        own,
        place(dataset, scope),
        scanner,
        scan(scope),
        expectation(dataset, scope, scanner.vendor()),
        pixels(dataset),
        numberOfFrames,
        image ? frames(dataset, enhanced, numberOfFrames) : List.of());
  }

  private static List<FrameFacts> frames(Attributes dataset, boolean enhanced, int count)
      throws RefusedException {
    if (!enhanced) {
      FrameScope scope = FrameScope.ofClassic(dataset);
      return List.of(
          new FrameFacts(0, FrameReader.position(scope), FrameReader.kind(scope, false)));
    }
    List<FrameFacts> frames = new ArrayList<>(count);
    Map<FrameKind, FrameKind> kinds = new HashMap<>();
    for (int i = 0; i < count; i++) {
      FrameScope scope = FrameScope.ofFrame(dataset, i);
      FrameKind kind = FrameReader.kind(scope, true);
      if (kinds.size() > MOST_KINDS) {
        throw unreadable("The frames are of more kinds than those of any acquisition.");
      }
      frames.add(
          new FrameFacts(
              i + 1, FrameReader.position(scope), kinds.computeIfAbsent(kind, same -> same)));
    }
    return frames;
  }

  private static SeriesPlace place(Attributes dataset, FrameScope scope) throws RefusedException {
    double seconds =
        DicomTimes.seconds(
            dataset.getString(Tag.AcquisitionDate), dataset.getString(Tag.AcquisitionTime));
    if (Double.isNaN(seconds)) {
      seconds = DicomTimes.seconds(dataset.getString(Tag.AcquisitionDateTime));
    }
    if (Double.isNaN(seconds)) {
      seconds =
          DicomTimes.seconds(scope.text(Tag.FrameContentSequence, Tag.FrameAcquisitionDateTime));
    }
    return new SeriesPlace(
        required(dataset, Tag.SeriesInstanceUID, "SeriesInstanceUID"),
        dataset.getInt(Tag.SeriesNumber, 0),
        dataset.getInt(Tag.AcquisitionNumber, 0),
        dataset.getInt(Tag.InstanceNumber, 0),
        seconds);
  }

  private static Scanner scanner(FrameScope scope) {
    double frequency = scope.number(Tag.MRImagingModifierSequence, Tag.TransmitterFrequency);
    String nucleus = scope.upper(FrameScope.TOP, Tag.ResonantNucleus);
    return new Scanner(
        Vendor.of(scope.text(FrameScope.TOP, Tag.Manufacturer)),
        scope.text(FrameScope.TOP, Tag.ManufacturerModelName),
        String.join("\\", scope.upperList(FrameScope.TOP, Tag.SoftwareVersions)),
        scope.upper(FrameScope.TOP, Tag.PatientPosition),
        Double.isNaN(frequency)
            ? scope.number(Tag.MRImagingModifierSequence, Tag.ImagingFrequency)
            : frequency,
        scope.number(Tag.MRImagingModifierSequence, Tag.MagneticFieldStrength),
        nucleus.isEmpty()
            ? scope.upper(Tag.MRImagingModifierSequence, Tag.ImagedNucleus)
            : nucleus);
  }

  private static ScanFacts scan(FrameScope scope) {
    int timing = Tag.MRTimingAndRelatedParametersSequence;
    String sequenceName = scope.text(timing, Tag.SequenceName);
    String protocol = scope.text(timing, Tag.ProtocolName);
    int gradientEchoes = scope.integer(timing, Tag.GradientEchoTrainLength, 0);
    boolean scout =
        (scope.text(timing, Tag.SeriesDescription) + ' ' + protocol).contains("AAHScout")
            || scope.privateInteger(GE_ACQUISITION, 0x00191017, VR.SS, 0) == 256;
    return new ScanFacts(
        scope.upperList(timing, Tag.ScanningSequence),
        scope.upper(timing, Tag.EchoPulseSequence),
        scope.upper(timing, Tag.EchoPlanarPulseSequence).equals("YES"),
        sequenceName.isEmpty() ? scope.text(timing, Tag.PulseSequenceName) : sequenceName,
        scope.upper(timing, Tag.MRAcquisitionType),
        protocol,
        scope.number(timing, Tag.RepetitionTime),
        scope.number(timing, Tag.FlipAngle),
        gradientEchoes > 0 ? gradientEchoes : scope.integer(timing, Tag.EchoTrainLength, 0),
        scope.number(Tag.PixelMeasuresSequence, Tag.SpacingBetweenSlices),
        scout,
        scope.privateInteger("GEMS_PARM_01", 0x00431030, VR.SS, 0) != 0);
  }

  private static Expectation expectation(Attributes dataset, FrameScope scope, Vendor vendor) {
    int slices = 0;
    int echoes = 0;
    if (vendor == Vendor.GE) {
      slices = scope.privateInteger("GEMS_RELA_01", 0x0021104F, VR.SS, 0);
      echoes = scope.privateInteger(GE_ACQUISITION, 0x0019107E, VR.SS, 0);
    } else if (vendor == Vendor.PHILIPS) {
      slices = scope.privateInteger(PHILIPS_IMAGING, 0x20011018, VR.SL, 0);
      echoes = scope.privateInteger(PHILIPS_IMAGING, 0x20011014, VR.SL, 0);
    }
    if (echoes <= 0 && vendor != Vendor.UIH) {
      // UIH counts the excitations of a shot here.
      int train = scope.integer(Tag.MRTimingAndRelatedParametersSequence, Tag.EchoTrainLength, 0);
      echoes = train > 1 && train <= LARGEST_PLAUSIBLE_ECHO_TRAIN ? train : 0;
    }
    String concatenation = FactText.uid(dataset.getString(Tag.ConcatenationUID, "").trim());
    return new Expectation(
        Math.max(0, slices),
        Math.max(0, echoes),
        concatenation,
        dataset.getInt(Tag.InConcatenationNumber, 0),
        dataset.getInt(Tag.InConcatenationTotalNumber, 0));
  }

  private static PixelLayout pixels(Attributes dataset) {
    int allocated = dataset.getInt(Tag.BitsAllocated, 0);
    int stored = dataset.getInt(Tag.BitsStored, allocated);
    String lossy = dataset.getString(Tag.LossyImageCompression, "");
    return new PixelLayout(
        dataset.getInt(Tag.Rows, 0),
        dataset.getInt(Tag.Columns, 0),
        dataset.getInt(Tag.SamplesPerPixel, 1),
        allocated,
        stored,
        dataset.getInt(Tag.HighBit, stored - 1),
        dataset.getInt(Tag.PixelRepresentation, 0) == 1,
        lossy.trim().equals("01"));
  }

  private static String required(Attributes dataset, int tag, String keyword)
      throws RefusedException {
    String value = dataset.getString(tag);
    if (value == null || value.isBlank()) {
      throw unreadable(keyword + " is missing.");
    }
    return value.trim();
  }

  private static RefusedException unreadable(String sentence) {
    return new RefusedException(new Reason(ReasonCode.UNREADABLE, sentence));
  }

  @FunctionalInterface
  private interface Opening {
    DicomInputStream open() throws IOException;
  }
}
