package org.dcm4che3.net;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Marks what neither the standard nor the official API fixes, so that only the stand-in is held.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
    value = "org.dcm4che3.net.StandIn#present",
    disabledReason = "holds for the stand-in in src/dcm4che, which this build leaves out")
@interface StandInOnly {}
