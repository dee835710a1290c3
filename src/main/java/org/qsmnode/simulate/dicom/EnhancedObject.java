package org.qsmnode.simulate.dicom;

import static org.dcm4che3.data.VR.AT;
import static org.dcm4che3.data.VR.CS;
import static org.dcm4che3.data.VR.DS;
import static org.dcm4che3.data.VR.DT;
import static org.dcm4che3.data.VR.FD;
import static org.dcm4che3.data.VR.IS;
import static org.dcm4che3.data.VR.LO;
import static org.dcm4che3.data.VR.SH;
import static org.dcm4che3.data.VR.UI;
import static org.dcm4che3.data.VR.UL;
import static org.dcm4che3.data.VR.US;

import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.qsmnode.simulate.signal.ScanProtocol;
import org.qsmnode.volume.FieldUnits;
import org.qsmnode.volume.Vector3;

/** The parts of an Enhanced MR object that all vendors share (PS3.3 A.36.2). */
final class EnhancedObject {

  private EnhancedObject() {}

  /** Top level without image type, vendor, functional groups and pixels. */
  static Attributes top(
      StudySource study, ClassicHeader.Series series, int instanceNumber, int frames) {
    Attributes a =
        ClassicHeader.general(
            study, series, UID.EnhancedMRImageStorage, "instance/" + instanceNumber);
    String time = dateTime(study);
    a.setInt(Tag.InstanceNumber, IS, instanceNumber);
    a.setString(Tag.AcquisitionDateTime, DT, time);
    a.setDouble(Tag.AcquisitionDuration, FD, 300);
    a.setString(Tag.MRAcquisitionType, CS, study.has(Fault.FIELD_MAP) ? "2D" : "3D");
    a.setString(Tag.ContentQualification, CS, "RESEARCH");
    a.setString(Tag.EchoPulseSequence, CS, "GRADIENT");
    a.setString(Tag.MultiPlanarExcitation, CS, "NO");
    a.setString(Tag.PhaseContrast, CS, "NO");
    a.setString(Tag.TimeOfFlightContrast, CS, "NO");
    a.setString(Tag.SteadyStatePulseSequence, CS, "NONE");
    a.setString(Tag.EchoPlanarPulseSequence, CS, "NO");
    a.setString(Tag.SaturationRecovery, CS, "NO");
    a.setString(Tag.SpectrallySelectedSuppression, CS, "NONE");
    a.setString(Tag.OversamplingPhase, CS, "NONE");
    a.setString(Tag.GeometryOfKSpaceTraversal, CS, "RECTILINEAR");
    a.setString(Tag.SegmentedKSpaceTraversal, CS, "SINGLE");
    a.setString(Tag.RectilinearPhaseEncodeReordering, CS, "LINEAR");
    a.setString(Tag.CoverageOfKSpace, CS, "FULL");
    a.setString(Tag.KSpaceFiltering, CS, "NONE");
    a.setInt(Tag.NumberOfKSpaceTrajectories, US, 1);
    a.setString(Tag.ResonantNucleus, CS, "1H");
    a.setString(Tag.ApplicableSafetyStandardAgency, CS, "IEC");
    a.setInt(Tag.NumberOfFrames, IS, frames);
    a.setString(Tag.BurnedInAnnotation, CS, "NO");
    a.setString(Tag.LossyImageCompression, CS, "00");
    a.setString(Tag.PresentationLUTShape, CS, "IDENTITY");
    a.newSequence(Tag.AcquisitionContextSequence, 0);
    dimensions(study, a);
    return a;
  }

  private static void dimensions(StudySource study, Attributes a) {
    String organization = study.uid("dimensions");
    one(a, Tag.DimensionOrganizationSequence)
        .setString(Tag.DimensionOrganizationUID, UI, organization);
    int[][] pointers = {
      {Tag.StackID, Tag.FrameContentSequence},
      {Tag.InStackPositionNumber, Tag.FrameContentSequence},
      {Tag.EffectiveEchoTime, Tag.MREchoSequence},
      {Tag.ComplexImageComponent, Tag.MRImageFrameTypeSequence}
    };
    Sequence index = a.newSequence(Tag.DimensionIndexSequence, pointers.length);
    for (int[] pointer : pointers) {
      Attributes item = new Attributes();
      item.setString(Tag.DimensionOrganizationUID, UI, organization);
      item.setInt(Tag.DimensionIndexPointer, AT, pointer[0]);
      item.setInt(Tag.FunctionalGroupPointer, AT, pointer[1]);
      index.add(item);
    }
  }

  /** Image type and its companions, at top level or in a frame type item. */
  static void type(Attributes a, int tag, String component, String... imageType) {
    a.setString(tag, CS, imageType);
    a.setString(Tag.PixelPresentation, CS, "MONOCHROME");
    a.setString(Tag.VolumetricProperties, CS, "VOLUME");
    a.setString(Tag.VolumeBasedCalculationTechnique, CS, "NONE");
    a.setString(Tag.ComplexImageComponent, CS, component);
    a.setString(Tag.AcquisitionContrast, CS, "T2_STAR");
  }

  /** The shared functional groups. */
  static Attributes shared(StudySource study) {
    ScanProtocol protocol = study.protocol();
    Attributes g = new Attributes();
    Attributes modifier = one(g, Tag.MRImagingModifierSequence);
    modifier.setString(Tag.PixelBandwidth, DS, "400");
    modifier.setString(Tag.MagnetizationTransfer, CS, "NONE");
    modifier.setString(Tag.BloodSignalNulling, CS, "NO");
    modifier.setString(Tag.Tagging, CS, "NONE");
    modifier.setDouble(
        Tag.TransmitterFrequency,
        FD,
        FieldUnits.GAMMA_BAR_MHZ_PER_TESLA * protocol.fieldStrengthTesla());
    Attributes coil = one(g, Tag.MRReceiveCoilSequence);
    coil.setString(Tag.ReceiveCoilName, SH, "HEAD");
    coil.setNull(Tag.ReceiveCoilManufacturerName, LO);
    coil.setString(Tag.ReceiveCoilType, CS, "MULTICOIL");
    coil.setString(Tag.QuadratureReceiveCoil, CS, "NO");
    Attributes element = one(coil, Tag.MultiCoilDefinitionSequence);
    element.setString(
        Tag.MultiCoilElementName, SH, study.has(Fault.UNCOMBINED_COIL) ? "H15" : "MULTI ELEMENT");
    element.setString(Tag.MultiCoilElementUsed, CS, "YES");
    Attributes transmit = one(g, Tag.MRTransmitCoilSequence);
    transmit.setString(Tag.TransmitCoilName, SH, "BODY");
    transmit.setNull(Tag.TransmitCoilManufacturerName, LO);
    transmit.setString(Tag.TransmitCoilType, CS, "BODY");
    timing(study, one(g, Tag.MRTimingAndRelatedParametersSequence));
    Attributes modifiers = one(g, Tag.MRModifierSequence);
    modifiers.setString(Tag.InversionRecovery, CS, "NO");
    modifiers.setString(Tag.FlowCompensation, CS, "NONE");
    modifiers.setString(Tag.Spoiling, CS, "RF");
    modifiers.setString(Tag.T2Preparation, CS, "NO");
    modifiers.setString(Tag.SpectrallySelectedExcitation, CS, "NONE");
    modifiers.setString(Tag.SpatialPresaturation, CS, "NONE");
    modifiers.setString(Tag.PartialFourier, CS, "NO");
    modifiers.setString(Tag.ParallelAcquisition, CS, "NO");
    one(g, Tag.MRAveragesSequence).setString(Tag.NumberOfAverages, DS, "1");
    Attributes view = one(g, Tag.MRFOVGeometrySequence);
    view.setString(Tag.PercentSampling, DS, "100");
    view.setString(Tag.PercentPhaseFieldOfView, DS, "100");
    view.setString(Tag.InPlanePhaseEncodingDirection, CS, "COLUMN");
    view.setInt(Tag.MRAcquisitionFrequencyEncodingSteps, US, study.grid().nx());
    view.setInt(Tag.MRAcquisitionPhaseEncodingStepsInPlane, US, study.grid().ny());
    view.setInt(Tag.MRAcquisitionPhaseEncodingStepsOutOfPlane, US, study.grid().nz());
    Attributes anatomy = one(g, Tag.FrameAnatomySequence);
    anatomy.setString(Tag.FrameLaterality, CS, "U");
    code(one(anatomy, Tag.AnatomicRegionSequence), "12738006", "SCT", "Brain");
    Attributes measures = one(g, Tag.PixelMeasuresSequence);
    measures.setString(Tag.SliceThickness, DS, Decimal.string(study.grid().dzMm()));
    measures.setString(Tag.SpacingBetweenSlices, DS, Decimal.string(study.grid().dzMm()));
    measures.setString(
        Tag.PixelSpacing, DS, Decimal.strings(study.grid().dyMm(), study.grid().dxMm()));
    one(g, Tag.PlaneOrientationSequence)
        .setString(Tag.ImageOrientationPatient, DS, study.orientation());
    return g;
  }

  private static void timing(StudySource study, Attributes item) {
    ScanProtocol protocol = study.protocol();
    item.setString(Tag.RepetitionTime, DS, Decimal.string(protocol.repetitionTimeSeconds() * 1000));
    item.setString(Tag.FlipAngle, DS, Decimal.string(protocol.flipDegrees()));
    item.setInt(Tag.EchoTrainLength, IS, protocol.echoes());
    item.setInt(Tag.RFEchoTrainLength, US, 0);
    item.setInt(Tag.GradientEchoTrainLength, US, protocol.echoes());
    item.setString(Tag.GradientOutputType, CS, "DB_DT");
    item.setDouble(Tag.GradientOutput, FD, 40);
    Attributes rate = one(item, Tag.SpecificAbsorptionRateSequence);
    rate.setString(Tag.SpecificAbsorptionRateDefinition, CS, "IEC_HEAD");
    rate.setDouble(Tag.SpecificAbsorptionRateValue, FD, 0.1);
    Sequence modes = item.newSequence(Tag.OperatingModeSequence, 3);
    for (String kind : new String[] {"STATIC FIELD", "RF", "GRADIENT"}) {
      Attributes mode = new Attributes();
      mode.setString(Tag.OperatingModeType, CS, kind);
      mode.setString(Tag.OperatingMode, CS, "IEC_NORMAL");
      modes.add(mode);
    }
  }

  /** The functional groups of one frame without frame type and pixel value transformation. */
  static Attributes frame(StudySource study, StudyFrame frame) {
    Attributes g = new Attributes();
    one(g, Tag.MREchoSequence).setDouble(Tag.EffectiveEchoTime, FD, study.echoTimeMs(frame.echo()));
    Attributes content = one(g, Tag.FrameContentSequence);
    String time = dateTime(study);
    content.setString(Tag.FrameAcquisitionDateTime, DT, time);
    content.setString(Tag.FrameReferenceDateTime, DT, time);
    content.setDouble(Tag.FrameAcquisitionDuration, FD, 300_000);
    content.setInt(Tag.FrameAcquisitionNumber, US, 1);
    content.setString(Tag.StackID, SH, "1");
    content.setInt(Tag.InStackPositionNumber, UL, study.slicePosition(frame.slice()));
    content.setInt(Tag.TemporalPositionIndex, UL, 1);
    content.setInt(
        Tag.DimensionIndexValues,
        UL,
        1,
        study.slicePosition(frame.slice()),
        frame.echo() + 1,
        frame.component().ordinal() + 1);
    Vector3 p = study.positionMm(frame.slice());
    one(g, Tag.PlanePositionSequence)
        .setString(Tag.ImagePositionPatient, DS, Decimal.strings(p.x(), p.y(), p.z()));
    return g;
  }

  /** Adds rescale and window to the functional groups of a frame. */
  static void transformation(Attributes group, double slope, double intercept, boolean phase) {
    Attributes rescale = one(group, Tag.PixelValueTransformationSequence);
    rescale.setString(Tag.RescaleIntercept, DS, Decimal.string(intercept));
    rescale.setString(Tag.RescaleSlope, DS, Decimal.string(slope));
    rescale.setString(Tag.RescaleType, LO, "US");
    Attributes window = one(group, Tag.FrameVOILUTSequence);
    window.setString(Tag.WindowCenter, DS, phase ? "0" : "900");
    window.setString(Tag.WindowWidth, DS, phase ? Decimal.string(-2 * intercept) : "1800");
  }

  static void code(Attributes item, String value, String scheme, String meaning) {
    item.setString(Tag.CodeValue, SH, value);
    item.setString(Tag.CodingSchemeDesignator, SH, scheme);
    item.setString(Tag.CodeMeaning, LO, meaning);
  }

  /** A sequence of one new item, and that item. */
  static Attributes one(Attributes parent, int tag) {
    Attributes item = new Attributes();
    parent.newSequence(tag, 1).add(item);
    return item;
  }

  private static String dateTime(StudySource study) {
    return study
        .options()
        .acquired()
        .format(DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT));
  }
}
