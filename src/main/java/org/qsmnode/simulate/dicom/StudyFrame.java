package org.qsmnode.simulate.dicom;

/** One image of a study: what it shows, at which echo (from 0), in which slice (ascending). */
record StudyFrame(Component component, int echo, int slice) {}
