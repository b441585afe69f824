"""The passport of a school: `schools/{s}/parameters`, many keys and few of them filled in."""

from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.serialise import JsonObject, big
from gateway_dnevnik_ru.emulator.service import Service

_FOUNDED: Final = 1970
_TEXTS: Final = (
    *("specialty", "eduOrgForm", "directorPhone", "directorQualification", "directorPhoto"),
    *("licence", "accreditation", "charter", "cooperationName", "cooperationWebsite"),
    *("prescriptions", "activeJournalUrl", "inn", "facadePhoto", "cantinaPhoto", "gymPhoto"),
    *("classroomPhoto", "physicsroomPhoto", "chemicsryroomPhoto", "biologyroomPhoto"),
    *("mathroomPhoto", "russianroomPhoto", "musicroomPhoto"),
    *("generalEducationalProgrammsLicense", "furtherEducationalProgramsLicense"),
    *("ownEducationalPrograms", "studyPlan", "publications", "laureatesOfContestsCount"),
    "laureatesOfContestsInfo",
)
_LISTS: Final = (
    *("educationalLevels", "primarySchoolEducationalPrograms", "teachingForeignLanguages"),
    *("hobbyGroups", "learningResults"),
)
_UNKNOWN: Final = (
    *("hasAdaptedEducationalPrograms", "hasOwnEducationalPrograms", "hasDistEduTech"),
    *("actualOccupancy", "designCapacity", "enrollmentIsOpen", "vacantPlacesCount"),
    *("disabledChildrenCount", "firstStageGroupsCount", "secondStageGroupsCount"),
    *("thirdStageGroupsCount", "firstStageStudentsCount", "secondStageStudentsCount"),
    *("thirdStageStudentsCount", "teachersWithHigherEducationCount"),
    *("highestCategoryTeachersCount", "hasEducationalPsychologists", "hasDefectologists"),
    *("hasSpeechTherapists", "hasSocialWorkers", "hasMedicalWorkers", "studentsPerComputer"),
    *("hasCompensatingClasses", "hasBarrierFreeEnvironment", "hasSwimmingPool"),
    *("hasMedicalOffice", "hasDiningRoom", "hasGym", "gymCount", "hasAssemblyHall"),
    *("hasWinterGarden", "hasCctv", "hasGpd", "schoolSiteArea", "hasEstheticZone"),
    *("trainingExperimentalPlotArea", "hasSportArea", "hasRecreationArea"),
    "hasZonesForTrainingInPreventionOfChildRoadTrafficInjuries",
    "hasAreasOfEconomicPurpose",
)


def passport_json(service: Service, school: m.School) -> JsonObject:
    """What a school tells about itself."""
    world = service.world
    hours = [bell for bell in school.bell_schedules[0].bells if not bell.is_break]
    body = big("schoolId", service.ids.of(ids.SCHOOL, school.key)) | {
        "municipality": school.municipality,
        "fullName": school.full_name,
        "shortName": school.short_name,
        "status": "Active",
        "foundationYear": _FOUNDED,
        "hasspecialty": False,
        "address": [school.address],
        "website": school.website,
        "email": school.email,
        "schoolPhone": school.phone,
        "schoolDaysCount": len(school.study_weekdays),
        "workHours": f"{hours[0].starts:%H:%M} - {hours[-1].ends:%H:%M}",
        "shiftsCount": 1,
        "directorFullName": world.person(school.principal_person_key).full_name,
        "teachersCount": sum(1 for each in world.teachers if each.school_key == school.key),
    }
    return (
        body
        | dict.fromkeys(_TEXTS, "")
        | {name: [] for name in _LISTS}
        | dict.fromkeys(_UNKNOWN, None)
    )
