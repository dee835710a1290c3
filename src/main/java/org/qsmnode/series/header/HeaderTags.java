package org.qsmnode.series.header;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomStreamException;

/** The elements that recognition reads; all others of a header are passed over. */
final class HeaderTags {

  /** Texts and numbers that recognition reads have some 100 bytes; longer ones are no header's. */
  static final int MOST_VALUE_BYTES = 1 << 14;

  /** What tells one object from all others, and where it belongs. */
  static final Set<Integer> IDENTITY =
      Set.of(Tag.SOPClassUID, Tag.SOPInstanceUID, Tag.StudyInstanceUID, Tag.SeriesInstanceUID);

  private static final Set<Integer> STANDARD =
      set(
          Tag.SpecificCharacterSet,
          Tag.ImageType,
          Tag.AcquisitionDate,
          Tag.AcquisitionTime,
          Tag.AcquisitionDateTime,
          Tag.Manufacturer,
          Tag.ManufacturerModelName,
          Tag.SeriesDescription,
          Tag.CodeValue,
          Tag.FrameType,
          Tag.ComplexImageComponent,
          Tag.ScanningSequence,
          Tag.SequenceName,
          Tag.MRAcquisitionType,
          Tag.SliceThickness,
          Tag.RepetitionTime,
          Tag.EchoTime,
          Tag.EchoTrainLength,
          Tag.ImagingFrequency,
          Tag.ImagedNucleus,
          Tag.MagneticFieldStrength,
          Tag.SpacingBetweenSlices,
          Tag.SoftwareVersions,
          Tag.ProtocolName,
          Tag.FlipAngle,
          Tag.PatientPosition,
          Tag.PulseSequenceName,
          Tag.EchoPulseSequence,
          Tag.EchoPlanarPulseSequence,
          Tag.EffectiveEchoTime,
          Tag.TransmitterFrequency,
          Tag.ResonantNucleus,
          Tag.GradientEchoTrainLength,
          Tag.MultiCoilElementName,
          Tag.FrameAcquisitionDateTime,
          Tag.SeriesNumber,
          Tag.AcquisitionNumber,
          Tag.InstanceNumber,
          Tag.ImagePositionPatient,
          Tag.ImageOrientationPatient,
          Tag.FrameOfReferenceUID,
          Tag.TemporalPositionIdentifier,
          Tag.TemporalPositionIndex,
          Tag.ConcatenationUID,
          Tag.InConcatenationNumber,
          Tag.InConcatenationTotalNumber,
          Tag.SamplesPerPixel,
          Tag.NumberOfFrames,
          Tag.Rows,
          Tag.Columns,
          Tag.PixelSpacing,
          Tag.BitsAllocated,
          Tag.BitsStored,
          Tag.HighBit,
          Tag.PixelRepresentation,
          Tag.RescaleIntercept,
          Tag.RescaleSlope,
          Tag.RescaleType,
          Tag.LossyImageCompression,
          Tag.RealWorldValueIntercept,
          Tag.RealWorldValueSlope);

  private static final Set<Integer> SEQUENCES =
      set(
          Tag.SharedFunctionalGroupsSequence,
          Tag.PerFrameFunctionalGroupsSequence,
          Tag.UnassignedSharedConvertedAttributesSequence,
          Tag.UnassignedPerFrameConvertedAttributesSequence,
          Tag.MRImagingModifierSequence,
          Tag.MRTimingAndRelatedParametersSequence,
          Tag.MRReceiveCoilSequence,
          Tag.MultiCoilDefinitionSequence,
          Tag.MRImageFrameTypeSequence,
          Tag.MREchoSequence,
          Tag.FrameContentSequence,
          Tag.PixelMeasuresSequence,
          Tag.PlanePositionSequence,
          Tag.PlaneOrientationSequence,
          Tag.PixelValueTransformationSequence,
          Tag.RealWorldValueMappingSequence,
          Tag.MeasurementUnitsCodeSequence);

  /** Private elements by group and last two digits, whatever block a maker was given. */
  private static final Set<Integer> PRIVATE =
      set(
          0x00190017, // GE: image type
          0x0019007E, // GE: echoes
          0x00210006, // Siemens: coil by reconstruction dimension
          0x0021004F, // GE: slices; Siemens: coil
          0x00210075, // Siemens: image type
          0x002100FE, // Siemens: items of a frame
          0x00430030, // GE: projection
          0x0043002F, // GE: component
          0x0051000F, // Siemens: coil
          0x20010014, // Philips: echoes
          0x20010018, // Philips: slices
          0x2005000E, // Philips: scale
          0x2005000F, // Philips: items of a frame
          0x20050011); // Philips: image type

  private HeaderTags() {}

  /** Keeps what recognition reads of an image. */
  static BoundedInput.Fate ofImage(DicomInputStream in) throws DicomStreamException {
    int tag = in.tag();
    boolean wanted = isPrivate(tag) ? isWantedPrivate(tag) : isWantedStandard(tag);
    if (!wanted) {
      return BoundedInput.Fate.PASSED_OVER;
    }
    if (!SEQUENCES.contains(tag) && !isItems(in) && in.unsignedLength() > MOST_VALUE_BYTES) {
      if (isPrivate(tag)) {
        return BoundedInput.Fate.PASSED_OVER;
      }
      throw new DicomStreamException("a value of the header is longer than any that is sound");
    }
    return BoundedInput.Fate.KEPT;
  }

  private static boolean isItems(DicomInputStream in) {
    return in.vr() == VR.SQ || in.length() == -1;
  }

  private static boolean isWantedStandard(int tag) {
    boolean metaInformation = tag >>> 16 == 2;
    return metaInformation
        || IDENTITY.contains(tag)
        || STANDARD.contains(tag)
        || SEQUENCES.contains(tag);
  }

  private static boolean isPrivate(int tag) {
    return (tag >>> 16 & 1) == 1;
  }

  private static boolean isWantedPrivate(int tag) {
    int element = tag & 0xffff;
    boolean creator = element >= 0x10 && element <= 0xff;
    return creator || PRIVATE.contains(tag & 0xffff00ff);
  }

  private static Set<Integer> set(int... tags) {
    return Arrays.stream(tags).boxed().collect(Collectors.toUnmodifiableSet());
  }
}
