import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.intuit.karate.Results;
import com.intuit.karate.Runner;
import org.junit.jupiter.api.Test;

/** Runs every feature, or those that -Dkarate.options="--tags @smoke" (@regression, @e2e) names. */
class KarateRunner {

    private static final int AT_A_TIME = 2;

    @Test
    void theContractHolds() {
        Results results = Runner.path("classpath:features")
                .outputJunitXml(true)
                .parallel(AT_A_TIME);
        assertTrue(results.getScenariosTotal() > 0, "no scenario has these tags");
        assertEquals(0, results.getFailCount(), results.getErrorMessages());
    }
}
